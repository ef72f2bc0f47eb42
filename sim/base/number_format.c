/* Standard and custom numeric formats of the invariant culture. */
#include "number_inner.h"

enum { MAX_CUSTOM_EXPONENT_DIGITS = 10 };

static bool is_digit(uint16_t unit)
{
    return unit >= '0' && unit <= '9';
}

static bool is_letter(uint16_t unit)
{
    return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
}

uint16_t format_specifier(const uint16_t *format, size_t length, int *precision, NumberStatus *status)
{
    *precision = -1;
    if (length == 0 || format[0] == 0) {
        return 'G';
    }
    if (!is_letter(format[0])) {
        return 0;
    }
    if (length == 1) {
        return format[0];
    }
    int value = 0;
    size_t i = 1;
    for (; i < length && is_digit(format[i]); i++) {
        if (value >= 100000000) {
            *status = NUMBER_BAD_FORMAT;
            return 0;
        }
        value = value * 10 + (format[i] - '0');
    }
    if (i < length && format[i] != 0) {
        return 0;
    }
    *precision = value;
    return format[0];
}

/* Keeps `position` digits. Floating-point digits that were produced for the purpose are never rounded again. */
static void round_digits(Digits *digits, int position, bool correctly_rounded)
{
    int i = 0;
    while (i < position && i < digits->count) {
        i++;
    }
    if (i == position && i < digits->count && !correctly_rounded && digits->digit[i] >= '5') {
        while (i > 0 && digits->digit[i - 1] == '9') {
            i--;
        }
        if (i > 0) {
            digits->digit[i - 1]++;
        } else {
            digits->scale++;
            digits->digit[0] = '1';
            i = 1;
        }
    } else {
        while (i > 0 && digits->digit[i - 1] == '0') {
            i--;
        }
    }
    if (i == 0) {
        digits->scale = 0;
        digits->negative = digits->negative && digits->kind == DIGITS_FLOAT;
    }
    digits->digit[i] = '\0';
    digits->count = i;
}

static void put_exponent(Writer *writer, int value, uint16_t letter, int min_digits, bool plus)
{
    writer_put(writer, letter);
    if (value < 0) {
        writer_put(writer, '-');
        value = -value;
    } else if (plus) {
        writer_put(writer, '+');
    }
    char text[MAX_CUSTOM_EXPONENT_DIGITS];
    int count = 0;
    for (; value != 0 || count < min_digits; value /= 10) {
        text[count++] = (char)('0' + value % 10);
    }
    while (count > 0) {
        writer_put(writer, (uint16_t)text[--count]);
    }
}

static void put_fixed(Writer *writer, const Digits *digits, int decimals, bool groups)
{
    const char *digit = digits->digit;
    int left = digits->scale;
    if (left <= 0) {
        writer_put(writer, '0');
    }
    for (; left > 0; left--) {
        writer_put(writer, (uint16_t)(*digit != '\0' ? *digit++ : '0'));
        if (groups && left > 1 && left % 3 == 1) {
            writer_put(writer, ',');
        }
    }
    if (decimals <= 0) {
        return;
    }
    writer_put(writer, '.');
    if (digits->scale < 0) {
        int zeros = -digits->scale < decimals ? -digits->scale : decimals;
        writer_fill(writer, '0', (size_t)zeros);
        decimals -= zeros;
    }
    for (; decimals > 0 && *digit != '\0'; decimals--) {
        writer_put(writer, (uint16_t)*digit++);
    }
    writer_fill(writer, '0', (size_t)decimals);
}

static void put_scientific(Writer *writer, const Digits *digits, int count, uint16_t letter)
{
    const char *digit = digits->digit;
    writer_put(writer, (uint16_t)(*digit != '\0' ? *digit++ : '0'));
    if (count > 1) {
        writer_put(writer, '.');
    }
    for (count--; count > 0 && *digit != '\0'; count--) {
        writer_put(writer, (uint16_t)*digit++);
    }
    writer_fill(writer, '0', (size_t)count);
    put_exponent(writer, digits->count == 0 ? 0 : digits->scale - 1, letter, 3, true);
}

static void put_general(Writer *writer, const Digits *digits, int precision, uint16_t letter, bool plain)
{
    const char *digit = digits->digit;
    int left = digits->scale;
    bool scientific = !plain && (left > precision || left < -3);
    if (scientific) {
        left = 1;
    }
    if (left <= 0) {
        writer_put(writer, '0');
    }
    for (; left > 0; left--) {
        writer_put(writer, (uint16_t)(*digit != '\0' ? *digit++ : '0'));
    }
    if (*digit != '\0' || left < 0) {
        writer_put(writer, '.');
        writer_fill(writer, '0', (size_t)-left);
        while (*digit != '\0') {
            writer_put(writer, (uint16_t)*digit++);
        }
    }
    if (scientific) {
        put_exponent(writer, digits->scale - 1, letter, 2, true);
    }
}

static void format_fixed(Writer *writer, Digits *digits, uint16_t upper, int precision)
{
    int decimals = precision < 0 ? 2 : precision;
    if (upper == 'P' && digits->count > 0) {
        digits->scale += 2;
    }
    round_digits(digits, digits->scale + decimals, digits->kind == DIGITS_FLOAT);
    bool currency = upper == 'C';
    if (digits->negative) {
        writer_put(writer, currency ? '(' : '-');
    }
    if (currency) {
        writer_put(writer, 0xA4);
    }
    put_fixed(writer, digits, decimals, upper != 'F');
    if (currency && digits->negative) {
        writer_put(writer, ')');
    }
    if (upper == 'P') {
        writer_ascii(writer, " %");
    }
}

static void format_scientific(Writer *writer, Digits *digits, uint16_t letter, int precision)
{
    int count = (precision < 0 ? 6 : precision) + 1;
    round_digits(digits, count, digits->kind == DIGITS_FLOAT);
    if (digits->negative) {
        writer_put(writer, '-');
    }
    put_scientific(writer, digits, count, letter);
}

static void format_general(Writer *writer, Digits *digits, uint16_t letter, int precision)
{
    bool plain = digits->kind == DIGITS_DECIMAL && precision == -1;
    if (!plain) {
        precision = precision < 1 ? digits->count : precision;
        round_digits(digits, precision, digits->kind == DIGITS_FLOAT);
    }
    if (digits->negative && (!plain || digits->count > 0)) {
        writer_put(writer, '-');
    }
    put_general(writer, digits, precision, letter, plain);
}

bool format_standard(Writer *writer, Digits *digits, uint16_t letter, int precision)
{
    uint16_t upper = letter & 0xFFDF;
    switch (upper) {
    case 'C':
    case 'F':
    case 'N':
    case 'P':
        format_fixed(writer, digits, upper, precision);
        return true;
    case 'E':
        format_scientific(writer, digits, letter, precision);
        return true;
    case 'G':
    case 'R':
        format_general(writer, digits, letter == upper ? 'E' : 'e', precision);
        return true;
    default:
        return false;
    }
}

/* A custom format with a cursor; at the end, or at a NUL, unit() is 0. */
typedef struct {
    const uint16_t *text;
    size_t length;
    size_t at;
} Pattern;

static uint16_t unit(const Pattern *pattern, size_t ahead)
{
    return pattern->at + ahead < pattern->length ? pattern->text[pattern->at + ahead] : 0;
}

static void skip_quoted(Pattern *pattern, uint16_t quote)
{
    while (unit(pattern, 0) != 0 && pattern->text[pattern->at++] != quote) {
    }
}

static void skip_escaped(Pattern *pattern)
{
    if (unit(pattern, 0) != 0) {
        pattern->at++;
    }
}

/* Where section 0, 1 or 2 starts; 0 when it is missing or empty. */
static size_t find_section(const uint16_t *format, size_t length, int section)
{
    Pattern pattern = {format, length, 0};
    while (section > 0) {
        uint16_t now = unit(&pattern, 0);
        if (now == 0) {
            return 0;
        }
        pattern.at++;
        if (now == '\'' || now == '"') {
            skip_quoted(&pattern, now);
        } else if (now == '\\') {
            skip_escaped(&pattern);
        } else if (now == ';' && --section == 0) {
            uint16_t next = unit(&pattern, 0);
            return next != 0 && next != ';' ? pattern.at : 0;
        }
    }
    return 0;
}

/* What a first pass over a section finds out. */
typedef struct {
    size_t start;
    int digit_count;
    int decimal_at;   /* -1: no point */
    int first_zero;   /* -1: no 0 */
    int last_zero;    /* position after the last 0 */
    int thousands_at; /* -1: no comma */
    int thousands_count;
    bool groups;
    bool scientific;
    int scale_adjust;
} Section;

static void scan_comma(Section *section)
{
    if (section->digit_count == 0 || section->decimal_at >= 0) {
        return;
    }
    if (section->thousands_at == section->digit_count) {
        section->thousands_count++;
        return;
    }
    if (section->thousands_at >= 0) {
        section->groups = true;
    }
    section->thousands_at = section->digit_count;
    section->thousands_count = 1;
}

static bool exponent_follows(const Pattern *pattern)
{
    uint16_t next = unit(pattern, 0);
    return next == '0' || ((next == '+' || next == '-') && unit(pattern, 1) == '0');
}

static void scan_unit(Section *section, Pattern *pattern, uint16_t now)
{
    switch (now) {
    case '0':
        if (section->first_zero < 0) {
            section->first_zero = section->digit_count;
        }
        section->last_zero = ++section->digit_count;
        break;
    case '#':
        section->digit_count++;
        break;
    case '.':
        if (section->decimal_at < 0) {
            section->decimal_at = section->digit_count;
        }
        break;
    case ',':
        scan_comma(section);
        break;
    case '%':
        section->scale_adjust += 2;
        break;
    case 0x2030:
        section->scale_adjust += 3;
        break;
    case '\'':
    case '"':
        skip_quoted(pattern, now);
        break;
    case '\\':
        skip_escaped(pattern);
        break;
    case 'E':
    case 'e':
        if (exponent_follows(pattern)) {
            section->scientific = true;
            do {
                pattern->at++;
            } while (unit(pattern, 0) == '0');
        }
        break;
    default:
        break;
    }
}

static Section scan_section(const uint16_t *format, size_t length, size_t start)
{
    Section section = {.start = start, .decimal_at = -1, .first_zero = -1, .thousands_at = -1};
    Pattern pattern = {format, length, start};
    for (uint16_t now; (now = unit(&pattern, 0)) != 0 && now != ';';) {
        pattern.at++;
        scan_unit(&section, &pattern, now);
    }
    if (section.decimal_at < 0) {
        section.decimal_at = section.digit_count;
    }
    if (section.thousands_at >= 0) {
        if (section.thousands_at == section.decimal_at) {
            section.scale_adjust -= section.thousands_count * 3;
        } else {
            section.groups = true;
        }
    }
    return section;
}

/* Picks the section for the value and rounds the digits to what it shows. */
static Section choose_section(Digits *digits, const uint16_t *format, size_t length)
{
    int wanted = digits->count == 0 ? 2 : digits->negative ? 1 : 0;
    Section section = scan_section(format, length, find_section(format, length, wanted));
    while (digits->count > 0) {
        digits->scale += section.scale_adjust;
        int position = section.digit_count;
        if (!section.scientific) {
            position += digits->scale - section.decimal_at;
        }
        round_digits(digits, position, false);
        if (digits->count > 0) {
            return section;
        }
        size_t zero = find_section(format, length, 2);
        if (zero == section.start) {
            return section;
        }
        section = scan_section(format, length, zero);
    }
    digits->scale = 0;
    digits->negative = digits->negative && digits->kind == DIGITS_FLOAT;
    return section;
}

/* The second pass: digits on their way into the pattern. */
typedef struct {
    Writer *writer;
    const Section *section;
    const Digits *digits;
    const char *next; /* next digit to write */
    int position;     /* digits left of the point still to come; below 0: right of it */
    int surplus;      /* > 0: digits more than placeholders; < 0: placeholders more than digits */
    int first_zero;   /* positions up to here show zeros before the first digit */
    int last_zero;    /* positions above this one show zeros after the last digit */
    bool point_written;
    bool exponent_written;
} Filler;

static void put_digit(Filler *filler, char digit)
{
    writer_put(filler->writer, (uint16_t)digit);
    if (filler->section->groups && filler->position > 1 && filler->position % 3 == 1) {
        writer_put(filler->writer, ',');
    }
}

static void put_surplus(Filler *filler)
{
    for (; filler->surplus > 0; filler->surplus--) {
        put_digit(filler, *filler->next != '\0' ? *filler->next++ : '0');
        filler->position--;
    }
}

static void put_placeholder(Filler *filler)
{
    char digit = '\0';
    if (filler->surplus < 0) {
        filler->surplus++;
        digit = filler->position <= filler->first_zero ? '0' : '\0';
    } else if (*filler->next != '\0') {
        digit = *filler->next++;
    } else if (filler->position > filler->last_zero) {
        digit = '0';
    }
    if (digit != '\0') {
        put_digit(filler, digit);
    }
    filler->position--;
}

static void put_point(Filler *filler)
{
    const Section *section = filler->section;
    if (filler->position != 0 || filler->point_written) {
        return;
    }
    if (filler->last_zero < 0 || (section->decimal_at < section->digit_count && *filler->next != '\0')) {
        writer_put(filler->writer, '.');
        filler->point_written = true;
    }
}

static void put_quoted(Filler *filler, Pattern *pattern, uint16_t quote)
{
    for (uint16_t now; (now = unit(pattern, 0)) != 0 && now != quote; pattern->at++) {
        writer_put(filler->writer, now);
    }
    skip_escaped(pattern);
}

static void put_custom_exponent(Filler *filler, Pattern *pattern, uint16_t letter)
{
    if (!filler->section->scientific || filler->exponent_written) {
        writer_put(filler->writer, letter);
        uint16_t sign = unit(pattern, 0);
        if (sign == '+' || sign == '-') {
            writer_put(filler->writer, sign);
            pattern->at++;
        }
        for (; unit(pattern, 0) == '0'; pattern->at++) {
            writer_put(filler->writer, '0');
        }
        return;
    }
    if (!exponent_follows(pattern)) {
        writer_put(filler->writer, letter);
        return;
    }
    bool plus = unit(pattern, 0) == '+';
    int zeros = unit(pattern, 0) == '0' ? 1 : 0;
    for (pattern->at++; unit(pattern, 0) == '0'; pattern->at++) {
        zeros += zeros < MAX_CUSTOM_EXPONENT_DIGITS;
    }
    int exponent = filler->digits->count == 0 ? 0 : filler->digits->scale - filler->section->decimal_at;
    put_exponent(filler->writer, exponent, letter, zeros, plus);
    filler->exponent_written = true;
}

static void fill_unit(Filler *filler, Pattern *pattern, uint16_t now)
{
    if (now == '#' || now == '0' || now == '.') {
        put_surplus(filler);
    }
    switch (now) {
    case '#':
    case '0':
        put_placeholder(filler);
        break;
    case '.':
        put_point(filler);
        break;
    case ',':
        break;
    case '\'':
    case '"':
        put_quoted(filler, pattern, now);
        break;
    case '\\':
        if (unit(pattern, 0) != 0) {
            writer_put(filler->writer, unit(pattern, 0));
            pattern->at++;
        }
        break;
    case 'E':
    case 'e':
        put_custom_exponent(filler, pattern, now);
        break;
    default:
        writer_put(filler->writer, now);
        break;
    }
}

static void start_filler(Filler *filler, const Section *section)
{
    int decimal_at = section->decimal_at;
    int scale = filler->digits->scale;
    bool zeros_before = section->first_zero >= 0 && section->first_zero < decimal_at;
    filler->first_zero = zeros_before ? decimal_at - section->first_zero : 0;
    filler->last_zero = section->last_zero > decimal_at ? decimal_at - section->last_zero : 0;
    if (section->scientific) {
        filler->position = decimal_at;
        filler->surplus = 0;
    } else {
        filler->position = scale > decimal_at ? scale : decimal_at;
        filler->surplus = scale - decimal_at;
    }
}

void format_custom(Writer *writer, Digits *digits, const uint16_t *format, size_t length)
{
    Section section = choose_section(digits, format, length);
    Filler filler = {.writer = writer, .section = &section, .digits = digits, .next = digits->digit};
    start_filler(&filler, &section);
    bool sign = digits->negative && section.start == 0;
    size_t before = writer->length;
    if (sign && digits->scale != 0) {
        writer_put(writer, '-');
    }
    Pattern pattern = {format, length, section.start};
    for (uint16_t now; (now = unit(&pattern, 0)) != 0 && now != ';';) {
        pattern.at++;
        fill_unit(&filler, &pattern, now);
    }
    if (sign && digits->scale == 0 && writer->length > before) {
        writer_insert_first(writer, '-');
    }
}

size_t format_digits(Digits *digits, const uint16_t *format, size_t length, uint16_t *out, size_t capacity,
                     NumberStatus *status)
{
    NumberStatus ignored;
    status = status == NULL ? &ignored : status;
    *status = NUMBER_OK;
    int precision;
    uint16_t letter = format_specifier(format, length, &precision, status);
    if (*status != NUMBER_OK) {
        return 0;
    }
    Writer writer = {out, capacity, 0};
    if (letter == 0) {
        format_custom(&writer, digits, format, length);
    } else if (!format_standard(&writer, digits, letter, precision)) {
        *status = NUMBER_BAD_FORMAT;
    }
    return writer.length;
}
