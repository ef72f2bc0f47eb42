var a = new { X = () => 1 };
