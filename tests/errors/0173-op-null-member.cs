var x = null.ToString();
