throw Exception("a");
