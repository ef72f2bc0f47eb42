var t = new List<>();
