interface I<in T, out R> { R Do(T t); }
class C : I<object, string> { static string Do(object o) => o.ToString()!; }
class P { static void Main() { I<string, object> i = new C(); Console.WriteLine(i.Do("x")); } }
