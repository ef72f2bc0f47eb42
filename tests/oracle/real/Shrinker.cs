using System;
using System.Collections.Generic;
using System.Linq;

// Makes a program on which the two sides differ as small as it gets: pieces of the generator's tree are dropped, or
// replaced by what is inside them, as long as the sides still differ in the same way. Large pieces first; again until
// nothing more can go.
sealed class Shrinker(Generator generator, Func<string, bool> stillDiffers)
{
    public string Shrink(ulong seed)
    {
        List<Generator.Piece> pieces = generator.Pieces(seed).OrderByDescending(p => p.End - p.Number).ToList();
        var dropped = new HashSet<int>();
        var unwrapped = new HashSet<int>();
        bool progress = true;
        while (progress)
        {
            progress = DropOne(seed, pieces, dropped, unwrapped, dropped) | DropOne(seed, pieces, dropped, unwrapped, unwrapped);
        }
        return generator.Program(seed, dropped, unwrapped);
    }

    // One pass over what is left; `way` is the set a piece is put into. Whether anything went.
    private bool DropOne(ulong seed, List<Generator.Piece> pieces, HashSet<int> dropped, HashSet<int> unwrapped, HashSet<int> way)
    {
        bool progress = false;
        foreach (Generator.Piece piece in pieces)
        {
            bool gone = unwrapped.Contains(piece.Number) && way == unwrapped ||
                pieces.Any(p => p.Number <= piece.Number && piece.End <= p.End && dropped.Contains(p.Number));
            if (gone || way == unwrapped && piece.End - piece.Number == 1)
            {
                continue;
            }
            way.Add(piece.Number);
            if (stillDiffers(generator.Program(seed, dropped, unwrapped)))
            {
                progress = true;
            }
            else
            {
                way.Remove(piece.Number);
            }
        }
        return progress;
    }
}
