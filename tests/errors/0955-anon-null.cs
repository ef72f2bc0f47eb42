var a = new { X = null };
