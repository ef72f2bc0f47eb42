int x = checked(int.MaxValue * 2);
