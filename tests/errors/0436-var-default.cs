var x = default;
