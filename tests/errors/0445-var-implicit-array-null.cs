var a = new[] { null, null };
