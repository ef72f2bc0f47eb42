/* embed: turns text files into one C array, so that the program carries its own library, lessons and pages.
 *
 *   embed HEADER TYPE ARRAY COUNT FOLDER FILE... > out.c
 *
 * HEADER declares TYPE (a struct that begins with name, text, length), the array and its size_t count. A file's name in
 * the array is its path below FOLDER. Texts become string literals rather than lists of numbers: compilers read them
 * ten times faster and people can read them at all. Every text is followed by a zero byte that length does not count.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_FILE = 6 };

/* Three octal digits always, because a digit that follows in the text would otherwise be read as part of the number. */
static void put_byte(int byte)
{
    if (byte == '"' || byte == '\\' || byte == '?') {
        printf("\\%c", byte);
    } else if (byte < ' ' || byte > '~') {
        printf("\\%03o", (unsigned)byte);
    } else {
        putchar(byte);
    }
}

/* Writes the file as adjacent literals, one per line of the file. */
static bool put_text(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    *length = 0;
    fputs("     \"", stdout);
    for (int byte = getc(file); byte != EOF; byte = getc(file)) {
        (*length)++;
        put_byte(byte);
        if (byte == '\n') {
            fputs("\"\n     \"", stdout);
        }
    }
    fputs("\"", stdout);
    bool complete = !ferror(file);
    fclose(file);
    return complete;
}

static const char *name_below(const char *folder, const char *path)
{
    size_t length = strlen(folder);
    bool below = strncmp(path, folder, length) == 0 && path[length] == '/';
    return below ? path + length + 1 : path;
}

int main(int argc, char **argv)
{
    if (argc < FIRST_FILE) {
        fputs("usage: embed HEADER TYPE ARRAY COUNT FOLDER FILE... > out.c\n", stderr);
        return 2;
    }
    const char *header = argv[1], *type = argv[2], *array = argv[3], *count = argv[4], *folder = argv[5];
    printf("/* Made by tools/embed.c from %s/. Do not edit. */\n#include \"%s\"\n\n", folder, header);
    printf("const size_t %s = %d;\n\nconst %s %s[] = {\n", count, argc - FIRST_FILE, type, array);
    for (int i = FIRST_FILE; i < argc; i++) {
        size_t length;
        printf("    {\"%s\",\n", name_below(folder, argv[i]));
        if (!put_text(argv[i], &length)) {
            perror(argv[i]);
            return 1;
        }
        printf(",\n     %zu},\n", length);
    }
    /* An array may not be empty in C, and a row of zeros is a convenient end. */
    fputs("    {0},\n};\n", stdout);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
