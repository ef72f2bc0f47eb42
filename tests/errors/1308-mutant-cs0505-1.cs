abstract class An { protected string name; protected An(string n) { name = n; } public abstract string Sound(); public virtual string Desc() => name + Sound(); public override string ToString() => Desc(); }
class Dog : An { public Dog() : base("dog") { } public override string name() => "woof"; public sealed override string Desc() => "!" + base.Desc(); public new string ToString() => "hidden"; }
class P { static void Main() { An a = new Dog(); Console.WriteLine(a.ToString() + new Dog().ToString()); Console.WriteLine(a is Dog d ? d.Sound() : ""); Console.WriteLine((a as Dog)?.Sound()); } }
