class A { public virtual void M(int x) => Console.WriteLine("A"); }
class B : A { public void M(object x) => Console.WriteLine("Bo"); public override void M(int x) => Console.WriteLine("Bi"); }
class P { static void Main() { new B().M(1); A a = new B(); a.M(1); } }
