// A million cache-first requests, 99 of 100 of them hits, through Task<Product?>.
// The database answers when the program lets it, so a miss really suspends and everything stays on one thread: the
// bytes are those of the whole workload and the same on every run. The other bench program differs in one word.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

const int Requests = 1_000_000;

var database = new Database();
var repository = new Repository(database);
uint random = 12345;
int known = 0;
long checksum = 0;

// What a runtime allocates once, on the first suspension and the first look-up, is not the workload's.
var warmUp = new Repository(database);
for (int i = 0; i < 3; i++)
{
    Task<Product?> first = warmUp.GetAsync(1);
    database.Answer();
    await first;
}

long before = GC.GetAllocatedBytesForCurrentThread();
for (int i = 0; i < Requests; i++)
{
    int id;
    if (i % 100 == 0)
    {
        id = ++known;
    }
    else
    {
        random = random * 1664525 + 1013904223;
        id = (int)(random >> 8) % known + 1;
    }

    Task<Product?> request = repository.GetAsync(id);
    database.Answer();
    Product? product = await request;
    checksum += product!.Price;
}
long bytes = GC.GetAllocatedBytesForCurrentThread() - before;

Console.WriteLine($"requests {Requests}, loads {database.Loads}, checksum {checksum}");
Console.WriteLine($"allocated {bytes} B");

class Product
{
    public Product(int id, int price)
    {
        Id = id;
        Price = price;
    }

    public int Id { get; }
    public int Price { get; }
}

class Database
{
    private TaskCompletionSource<Product?>? _pending;
    private int _pendingId;

    public int Loads { get; private set; }

    public Task<Product?> LoadAsync(int id)
    {
        _pending = new TaskCompletionSource<Product?>();
        _pendingId = id;
        return _pending.Task;
    }

    public void Answer()
    {
        if (_pending == null)
        {
            return;
        }

        TaskCompletionSource<Product?> answered = _pending;
        _pending = null;
        Loads++;
        answered.SetResult(new Product(_pendingId, _pendingId % 1000));
    }
}

class Repository
{
    private readonly Dictionary<int, Product?> _cache = new();
    private readonly Database _database;

    public Repository(Database database) => _database = database;

    public async Task<Product?> GetAsync(int id)
    {
        if (_cache.TryGetValue(id, out Product? product))
        {
            return product;
        }

        product = await _database.LoadAsync(id);
        _cache[id] = product;
        return product;
    }
}
