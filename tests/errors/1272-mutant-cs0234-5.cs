using System.Text.RegularExpressions; using System.Diagnostics; using System.Net; using System.Text.System;
Console.WriteLine(1);
