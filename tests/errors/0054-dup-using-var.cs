using var a = new System.IO.StringWriter();
using var a = new System.IO.StringWriter();
