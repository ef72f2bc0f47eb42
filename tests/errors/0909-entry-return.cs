class P { static string Main() => ""; }
