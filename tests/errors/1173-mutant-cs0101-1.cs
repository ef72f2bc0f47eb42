interface I<in T, out R> { R Do(T t); }
class P : I<object, string> { public string Do(object o) => o.ToString()!; }
class P { static void Main() { I<string, object> i = new C(); Console.WriteLine(i.Do("x")); } }
