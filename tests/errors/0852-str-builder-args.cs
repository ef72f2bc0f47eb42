using System.Text;
var sb = new StringBuilder();
sb.Add("x");
