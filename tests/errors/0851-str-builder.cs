var sb = new StringBuilder();
