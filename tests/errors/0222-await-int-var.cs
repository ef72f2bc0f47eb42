int x = 3;
int y = await x;
