// oracle.dll worker                              runs compiled programs (see Worker)
// oracle.dll conformance FOLDER AWAITLAB [NAME...]   the recorded programs: real .NET, the recording, awaitlab
// oracle.dll random AWAITLAB GENERATOR SEED COUNT SHRINKS DIFFERENCES   random programs on both sides; the first SHRINKS
//                                                that differ are made small
// oracle.dll record AWAITLAB GENERATOR SEED COUNT   what real .NET prints for random programs, as hashes
// oracle.dll compare AWAITLAB FILE.cs...         programs of your own on both sides
// oracle.dll print FILE.cs                       what real .NET prints for it
using System;
using System.IO;

if (args is ["worker"])
{
    return Worker.Loop();
}
string folder = Directory.CreateTempSubdirectory("awaitlab-oracle-").FullName;
try
{
    return args switch
    {
        ["conformance", string programs, string awaitlab, .. string[] names] =>
            Commands.Conformance(programs, awaitlab, names, folder),
        ["random", string awaitlab, string generator, string seed, string count, string shrinks, string differences] =>
            Commands.Random(awaitlab, generator, ulong.Parse(seed), ulong.Parse(count), int.Parse(shrinks), differences, folder),
        ["record", string awaitlab, string generator, string seed, string count] =>
            Commands.Record(awaitlab, generator, ulong.Parse(seed), int.Parse(count), folder),
        ["compare", string awaitlab, .. string[] files] => Commands.Compare(awaitlab, files, folder),
        ["print", string file] => Commands.Print(file, folder),
        _ => throw new ArgumentException("see the top of Program.cs"),
    };
}
finally
{
    Directory.Delete(folder, recursive: true);
}
