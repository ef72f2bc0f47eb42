class P { static void main() { } }
