// A repository that answers from its cache, written twice: once with Task, once with ValueTask.
// A miss has to wait for the database in both. A hit is where they differ: the Task version makes a new Task object to
// carry a result that is already there, the ValueTask version carries it in the value itself.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

const int Hits = 1000;

var database = new Database();
var withTask = new TaskRepository(database);
var withValueTask = new ValueTaskRepository(database);

// The first request of each is the miss, and it warms everything up.
Product? first = await withTask.GetAsync(7);
Product? second = await withValueTask.GetAsync(7);
Console.WriteLine($"{first?.Name} costs {first?.Price:F2}, {second?.Name} costs {second?.Price:F2}, loads: {database.Loads}");

long before = GC.GetAllocatedBytesForCurrentThread();
for (int i = 0; i < Hits; i++)
{
    await withTask.GetAsync(7);
}
long taskBytes = GC.GetAllocatedBytesForCurrentThread() - before;

before = GC.GetAllocatedBytesForCurrentThread();
for (int i = 0; i < Hits; i++)
{
    await withValueTask.GetAsync(7);
}
long valueTaskBytes = GC.GetAllocatedBytesForCurrentThread() - before;

Console.WriteLine($"Task<Product?>      hit: {taskBytes / Hits,3} B");
Console.WriteLine($"ValueTask<Product?> hit: {valueTaskBytes / Hits,3} B");

class Product
{
    public Product(int id, string name, decimal price)
    {
        Id = id;
        Name = name;
        Price = price;
    }

    public int Id { get; }
    public string Name { get; }
    public decimal Price { get; }
}

class Database
{
    public int Loads { get; private set; }

    public async Task<Product?> LoadAsync(int id)
    {
        await Task.Delay(20);
        Loads++;
        return id > 0 ? new Product(id, $"product-{id}", 9.5m + id) : null;
    }
}

class TaskRepository
{
    private readonly Dictionary<int, Product?> _cache = new();
    private readonly Database _database;

    public TaskRepository(Database database) => _database = database;

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

class ValueTaskRepository
{
    private readonly Dictionary<int, Product?> _cache = new();
    private readonly Database _database;

    public ValueTaskRepository(Database database) => _database = database;

    public async ValueTask<Product?> GetAsync(int id)
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
