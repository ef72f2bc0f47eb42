/* Numbers to and from text. The expectations are what .NET 10 prints with CultureInfo.InvariantCulture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../sim/base/number.h"

enum { TEXT_CAPACITY = 256 };

/* UTF-8 to UTF-16, for the table texts (no surrogates needed). */
static size_t widen(const char *text, uint16_t out[TEXT_CAPACITY])
{
    size_t length = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at != 0; length++) {
        if (*at < 0x80) {
            out[length] = *at++;
        } else if (*at < 0xE0) {
            out[length] = (uint16_t)((at[0] & 0x1F) << 6 | (at[1] & 0x3F));
            at += 2;
        } else {
            out[length] = (uint16_t)((at[0] & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F));
            at += 3;
        }
    }
    return length;
}

static void check_text(const char *what, const char *expected, const uint16_t *actual, size_t length,
                       NumberStatus status)
{
    uint16_t wanted[TEXT_CAPACITY];
    size_t wanted_length = widen(expected, wanted);
    bool fails = expected[0] == '!';
    bool same = fails ? status == NUMBER_BAD_FORMAT && length == 0
                      : status == NUMBER_OK && length == wanted_length &&
                            memcmp(wanted, actual, length * sizeof wanted[0]) == 0;
    if (!same) {
        fail_msg("%s: expected %s, status %d, length %zu", what, expected, (int)status, length);
    }
}

typedef struct {
    uint64_t bits;
    const char *format;
    const char *expected; /* "!format": FormatException */
} FloatCase;

static const FloatCase double_cases[] = {
    {0x0000000000000000, "", "0"},
    {0x8000000000000000, "", "-0"},
    {0x3ff0000000000000, "", "1"},
    {0xbff0000000000000, "", "-1"},
    {0x3fb999999999999a, "", "0.1"},
    {0x3fd5555555555555, "", "0.3333333333333333"},
    {0x3fe5555555555555, "", "0.6666666666666666"},
    {0x405edd2f1a9fbe77, "", "123.456"},
    {0xc0934a428f5c28f6, "", "-1234.565"},
    {0x3fc0000000000000, "", "0.125"},
    {0x4004000000000000, "", "2.5"},
    {0x3fe0000000000000, "", "0.5"},
    {0x430c6bf526340000, "", "1000000000000000"},
    {0x4341c37937e08000, "", "10000000000000000"},
    {0x4376345785d8a000, "", "1E+17"},
    {0x437b69b4ba630f35, "", "1.2345678901234568E+17"},
    {0x3f1a36e2eb1c432d, "", "0.0001"},
    {0x3ee4f8b588e368f1, "", "1E-05"},
    {0x0000000000000001, "", "5E-324"},
    {0x7fefffffffffffff, "", "1.7976931348623157E+308"},
    {0x0000000000000003, "", "1.5E-323"},
    {0x4480f0cf064dd592, "", "1E+22"},
    {0x44b52d02c7e14af6, "", "1E+23"},
    {0x4340000000000000, "", "9007199254740992"},
    {0x4011666666666666, "", "4.35"},
    {0x3faeb851eb851eb8, "", "0.06"},
    {0x3fefdf3b645a1cac, "", "0.996"},
    {0x4058ffae147ae148, "", "99.995"},
    {0x3e5fffffffffffff, "", "2.980232238769531E-08"},
    {0x3e60000000000000, "", "2.980232238769531E-08"},
    {0x0410000000000000, "", "4.104536801298376E-289"},
    {0x400921fb54442d18, "", "3.141592653589793"},
    {0xc005bf0a8b145769, "", "-2.718281828459045"},
    {0xfff8000000000000, "", "NaN"},
    {0x7ff0000000000000, "", "Infinity"},
    {0xfff0000000000000, "", "-Infinity"},
    {0x7e41eb2d66005835, "", "1.5E+300"},
    {0x0010000000000000, "", "2.2250738585072014E-308"},
    {0x41678c29dccccccd, "", "12345678.9"},
    {0xbfa47ae147ae147b, "", "-0.04"},
    {0x41d26580b487df3b, "", "1234567890.123"},
    {0x4341c37937e08000, "C", "\302\24410,000,000,000,000,000.00"},
    {0x4004000000000000, "P1", "250.0 %"},
    {0x7fefffffffffffff, "F1234567890", "!format"},
    {0x3fd5555555555555, "N1", "0.3"},
    {0x4011666666666666, "D", "!format"},
    {0xbfa47ae147ae147b, "G5", "-0.04"},
    {0x3ff0000000000000, "R", "1"},
    {0x7fefffffffffffff, "B", "!format"},
    {0xbfa47ae147ae147b, "D", "!format"},
    {0xfff8000000000000, "E", "NaN"},
    {0x7fefffffffffffff, "R", "1.7976931348623157E+308"},
    {0x7ff0000000000000, "F20", "Infinity"},
    {0x405edd2f1a9fbe77, "G20", "123.45600000000000307"},
    {0x3fc0000000000000, "F20", "0.12500000000000000000"},
    {0x41678c29dccccccd, "D", "!format"},
    {0x8000000000000000, "F20", "-0.00000000000000000000"},
    {0x430c6bf526340000, "D", "!format"},
    {0x437b69b4ba630f35, "E15", "1.234567890123457E+017"},
    {0x405edd2f1a9fbe77, "G0", "123.456"},
    {0xc0934a428f5c28f6, "G0", "-1234.565"},
    {0x4376345785d8a000, "D", "!format"},
    {0x41d26580b487df3b, "R3", "1234567890.123"},
    {0x44b52d02c7e14af6, "N", "99,999,999,999,999,991,611,392.00"},
    {0x8000000000000000, "D8", "!format"},
    {0x3fefdf3b645a1cac, "Z", "!format"},
    {0x41d26580b487df3b, "E15", "1.234567890123000E+009"},
    {0x4004000000000000, "N3", "2.500"},
    {0xc0934a428f5c28f6, "E", "-1.234565E+003"},
    {0x0000000000000001, "N0", "0"},
    {0x3ee4f8b588e368f1, "G17", "1.0000000000000001E-05"},
    {0x3e5fffffffffffff, "e3", "2.980e-008"},
    {0x0000000000000000, "N3", "0.000"},
    {0xbff0000000000000, "N", "-1.00"},
    {0x3ff0000000000000, "N1", "1.0"},
    {0x4058ffae147ae148, "N3", "99.995"},
    {0x41d26580b487df3b, "B", "!format"},
    {0x0010000000000000, "G5", "2.2251E-308"},
    {0xbff0000000000000, "E15", "-1.000000000000000E+000"},
    {0x3fc0000000000000, "E15", "1.250000000000000E-001"},
    {0x3e5fffffffffffff, "G17", "2.9802322387695309E-08"},
    {0x3fe5555555555555, "G", "0.6666666666666666"},
    {0x3fb999999999999a, "R", "0.1"},
    {0x4480f0cf064dd592, "G0", "1E+22"},
    {0x0010000000000000, "X", "!format"},
    {0x4480f0cf064dd592, "E0", "1E+022"},
    {0x4376345785d8a000, "N0", "100,000,000,000,000,000"},
    {0x3fb999999999999a, "E15", "1.000000000000000E-001"},
    {0xbff0000000000000, "N3", "-1.000"},
    {0x0410000000000000, "e3", "4.105e-289"},
    {0x3fd5555555555555, "R", "0.3333333333333333"},
    {0x7ff0000000000000, "X", "Infinity"},
    {0x7e41eb2d66005835, "G0", "1.5E+300"},
    {0xbff0000000000000, "F", "-1.00"},
    {0x4011666666666666, "R3", "4.35"},
    {0x3fe5555555555555, "F0", "1"},
    {0x4004000000000000, "F0", "2"},
    {0x0000000000000000, "E15", "0.000000000000000E+000"},
    {0xc0934a428f5c28f6, "E15", "-1.234565000000000E+003"},
    {0x3e5fffffffffffff, "E", "2.980232E-008"},
    {0x8000000000000000, "X8", "!format"},
    {0xbfa47ae147ae147b, "C", "(\302\2440.04)"},
    {0xfff8000000000000, "g2", "NaN"},
    {0x0010000000000000, "F1234567890", "!format"},
    {0x430c6bf526340000, "x", "!format"},
    {0x3fc0000000000000, "Z", "!format"},
    {0xfff0000000000000, "P1", "-Infinity"},
    {0x3fd5555555555555, "C", "\302\2440.33"},
    {0x41d26580b487df3b, "C", "\302\2441,234,567,890.12"},
    {0xc0934a428f5c28f6, "D", "!format"},
    {0xbfa47ae147ae147b, "R", "-0.04"},
    {0x0000000000000001, "F1234567890", "!format"},
    {0x0000000000000001, "D", "!format"},
    {0x400921fb54442d18, "D", "!format"},
    {0x3fb999999999999a, "G20", "0.10000000000000000555"},
    {0x3fefdf3b645a1cac, "b10", "!format"},
    {0x8000000000000000, "C", "(\302\2440.00)"},
    {0x3fe5555555555555, "P1", "66.7 %"},
    {0x41d26580b487df3b, "C0", "\302\2441,234,567,890"},
    {0x4341c37937e08000, "E0", "1E+016"},
    {0x4480f0cf064dd592, "X8", "!format"},
    {0xc0934a428f5c28f6, "e3", "-1.235e+003"},
    {0x4011666666666666, "g2", "4.3"},
    {0x3fe5555555555555, "N", "0.67"},
    {0x7ff0000000000000, "R", "Infinity"},
    {0x8000000000000000, "g2", "-0"},
    {0x4011666666666666, "Z", "!format"},
    {0x7ff0000000000000, "F1234567890", "Infinity"},
    {0xbfa47ae147ae147b, "G0", "-0.04"},
    {0x4004000000000000, "E15", "2.500000000000000E+000"},
    {0x4340000000000000, "X8", "!format"},
    {0xfff0000000000000, "D8", "-Infinity"},
    {0x430c6bf526340000, "P", "100,000,000,000,000,000.00 %"},
    {0xbfa47ae147ae147b, "D8", "!format"},
    {0x4340000000000000, "G5", "9.0072E+15"},
    {0xfff0000000000000, "D", "-Infinity"},
    {0x4341c37937e08000, "R", "10000000000000000"},
    {0x41678c29dccccccd, "x", "!format"},
    {0x3fe0000000000000, "G", "0.5"},
    {0x3e5fffffffffffff, "F", "0.00"},
    {0xfff8000000000000, "D", "NaN"},
    {0x3e5fffffffffffff, "C", "\302\2440.00"},
    {0x400921fb54442d18, "R", "3.141592653589793"},
    {0x3e5fffffffffffff, "N3", "0.000"},
    {0x4480f0cf064dd592, "e3", "1.000e+022"},
    {0x3e5fffffffffffff, "G", "2.980232238769531E-08"},
    {0xfff8000000000000, "X", "NaN"},
    {0x4011666666666666, "B", "!format"},
    {0x4341c37937e08000, "N", "10,000,000,000,000,000.00"},
    {0x430c6bf526340000, "F", "1000000000000000.00"},
    {0x400921fb54442d18, "E", "3.141593E+000"},
    {0x3e60000000000000, "C", "\302\2440.00"},
    {0x0000000000000001, "P", "0.00 %"},
    {0x437b69b4ba630f35, "G5", "1.2346E+17"},
    {0xc0934a428f5c28f6, "g2", "-1.2e+03"},
    {0x0000000000000000, "F0", "0"},
    {0x400921fb54442d18, "N0", "3"},
    {0x4011666666666666, "N3", "4.350"},
    {0x7e41eb2d66005835, "D8", "!format"},
    {0xfff0000000000000, "X8", "-Infinity"},
    {0x4340000000000000, "x", "!format"},
    {0x0010000000000000, "P1", "0.0 %"},
    {0x3ee4f8b588e368f1, "C0", "\302\2440"},
    {0xfff8000000000000, "E0", "NaN"},
    {0x0000000000000000, "G17", "0"},
    {0x7ff0000000000000, "G0", "Infinity"},
    {0x4340000000000000, "R3", "9007199254740992"},
    {0x400921fb54442d18, "b10", "!format"},
    {0x3faeb851eb851eb8, "F1234567890", "!format"},
    {0x0000000000000001, "N1", "0.0"},
    {0x3fc0000000000000, "0", "0"},
    {0x430c6bf526340000, "0", "1000000000000000"},
    {0x40934a0000000000, "0", "1235"},
    {0xbf947ae147ae147b, "0", "-0"},
    {0x405edd2f1a9fbe77, "#", "123"},
    {0x41d26580b487df3b, "#", "1234567890"},
    {0x40934a0000000000, "#", "1235"},
    {0xbf947ae147ae147b, "#", ""},
    {0x3e60000000000000, "0.00", "0.00"},
    {0x4004000000000000, "0.00", "2.50"},
    {0x40934a0000000000, "0.00", "1234.50"},
    {0xbf947ae147ae147b, "0.00", "-0.02"},
    {0x4376345785d8a000, "#.##", "100000000000000000"},
    {0x3fc0000000000000, "#.##", ".13"},
    {0x40934a0000000000, "#.##", "1234.5"},
    {0xbf947ae147ae147b, "#.##", "-.02"},
    {0xbfa47ae147ae147b, "#,##0.00", "-0.04"},
    {0x3fe0000000000000, "#,##0.00", "0.50"},
    {0x40934a0000000000, "#,##0.00", "1,234.50"},
    {0xbf947ae147ae147b, "#,##0.00", "-0.02"},
    {0x41d26580b487df3b, "#,##0", "1,234,567,890"},
    {0xc005bf0a8b145769, "#,##0", "-3"},
    {0x40934a0000000000, "#,##0", "1,235"},
    {0xbf947ae147ae147b, "#,##0", "-0"},
    {0x3fe0000000000000, "0%", "50%"},
    {0x0410000000000000, "0%", "0%"},
    {0x40934a0000000000, "0%", "123450%"},
    {0xbf947ae147ae147b, "0%", "-2%"},
    {0x4004000000000000, "0.0\342\200\260", "2500.0\342\200\260"},
    {0x40934a0000000000, "0.0\342\200\260", "1234500.0\342\200\260"},
    {0xbf947ae147ae147b, "0.0\342\200\260", "-20.0\342\200\260"},
    {0x41d26580b487df3b, "0.0E+0", "1.2E+9"},
    {0x0000000000000003, "0.0E+0", "1.5E-323"},
    {0x40934a0000000000, "0.0E+0", "1.2E+3"},
    {0xbf947ae147ae147b, "0.0E+0", "-2.0E-2"},
    {0xfff8000000000000, "##0.##E+00", "NaN"},
    {0x3fefdf3b645a1cac, "##0.##E+00", "996E-03"},
    {0x40934a0000000000, "##0.##E+00", "123.45E+01"},
    {0xbf947ae147ae147b, "##0.##E+00", "-200E-04"},
    {0xbfa47ae147ae147b, "e0", "-4e-002"},
    {0x3ee4f8b588e368f1, "e0", "1e-005"},
    {0x40934a0000000000, "e0", "1e+003"},
    {0xbf947ae147ae147b, "e0", "-2e-002"},
    {0x3fefdf3b645a1cac, "0,,.0", "0.0"},
    {0xfff0000000000000, "0,,.0", "-Infinity"},
    {0x40934a0000000000, "0,,.0", "0.0"},
    {0xbf947ae147ae147b, "0,,.0", "-0.0"},
    {0xbff0000000000000, "#,#,", ""},
    {0x3ee4f8b588e368f1, "#,#,", ""},
    {0x40934a0000000000, "#,#,", "1"},
    {0xbf947ae147ae147b, "#,#,", ""},
    {0x4376345785d8a000, "+0;-0;zero", "+100000000000000000"},
    {0x0410000000000000, "+0;-0;zero", "zero"},
    {0x40934a0000000000, "+0;-0;zero", "+1235"},
    {0xbf947ae147ae147b, "+0;-0;zero", "zero"},
    {0x400921fb54442d18, "0.00;(0.00)", "3.14"},
    {0x4480f0cf064dd592, "0.00;(0.00)", "10000000000000000000000.00"},
    {0x40934a0000000000, "0.00;(0.00)", "1234.50"},
    {0xbf947ae147ae147b, "0.00;(0.00)", "(0.02)"},
    {0x4480f0cf064dd592, "0;;", "10000000000000000000000"},
    {0xbff0000000000000, "0;;", "-1"},
    {0x40934a0000000000, "0;;", "1235"},
    {0xbf947ae147ae147b, "0;;", "-0"},
    {0x0000000000000000, "(###) ###-####", "() -"},
    {0x4480f0cf064dd592, "(###) ###-####", "(1000000000000000) 000-0000"},
    {0x40934a0000000000, "(###) ###-####", "() -1235"},
    {0xbf947ae147ae147b, "(###) ###-####", "-() -"},
    {0x3fd5555555555555, "'a''b'0\"c\"", "ab0c"},
    {0x40934a0000000000, "'a''b'0\"c\"", "ab1235c"},
    {0xbf947ae147ae147b, "'a''b'0\"c\"", "-ab0c"},
    {0x7ff0000000000000, "\\#0", "Infinity"},
    {0x400921fb54442d18, "\\#0", "#3"},
    {0x40934a0000000000, "\\#0", "#1235"},
    {0xbf947ae147ae147b, "\\#0", "-#0"},
    {0xfff0000000000000, "0.000;neg;nil", "-Infinity"},
    {0x3fefdf3b645a1cac, "0.000;neg;nil", "0.996"},
    {0x40934a0000000000, "0.000;neg;nil", "1234.500"},
    {0xbf947ae147ae147b, "0.000;neg;nil", "nil"},
    {0x4480f0cf064dd592, "00000", "10000000000000000000000"},
    {0x4341c37937e08000, "00000", "10000000000000000"},
    {0x40934a0000000000, "00000", "01235"},
    {0xbf947ae147ae147b, "00000", "-00000"},
    {0x41678c29dccccccd, "0.##########", "12345678.9"},
    {0x3fd5555555555555, "0.##########", "0.3333333333"},
    {0x40934a0000000000, "0.##########", "1234.5"},
    {0xbf947ae147ae147b, "0.##########", "-0.02"},
    {0x7ff0000000000000, "x", "Infinity"},
    {0x3fc0000000000000, "x", "!format"},
    {0x40934a0000000000, "x", "!format"},
    {0xbf947ae147ae147b, "x", "!format"},
    {0x0410000000000000, "#;#;#", ""},
    {0x40934a0000000000, "#;#;#", "1235"},
    {0xbf947ae147ae147b, "#;#;#", ""},
    {0x437b69b4ba630f35, "0.0.0", "123456789012346000.00"},
    {0x4341c37937e08000, "0.0.0", "10000000000000000.00"},
    {0x40934a0000000000, "0.0.0", "1234.50"},
    {0xbf947ae147ae147b, "0.0.0", "-0.02"},
    {0x400921fb54442d18, "0E-000", "3E000"},
    {0x0410000000000000, "0E-000", "4E-289"},
    {0x40934a0000000000, "0E-000", "1E003"},
    {0xbf947ae147ae147b, "0E-000", "-2E-002"},
    {0xfff8000000000000, "0e", "NaN"},
    {0xc005bf0a8b145769, "0e", "-3e"},
    {0x40934a0000000000, "0e", "1235e"},
    {0xbf947ae147ae147b, "0e", "-0e"},
    {0x3ff0000000000000, "\303\251#", "\303\2511"},
    {0xfff8000000000000, "\303\251#", "NaN"},
    {0x40934a0000000000, "\303\251#", "\303\2511235"},
    {0xbf947ae147ae147b, "\303\251#", "-\303\251"},
    {0x4058ffae147ae148, "-0", "-100"},
    {0x430c6bf526340000, "-0", "-1000000000000000"},
    {0x40934a0000000000, "-0", "-1235"},
    {0xbf947ae147ae147b, "-0", "--0"},
    {0x3fe0000000000000, "[0]", "[1]"},
    {0x40934a0000000000, "[0]", "[1235]"},
    {0xbf947ae147ae147b, "[0]", "-[0]"},
};

static void test_double_format(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof double_cases / sizeof double_cases[0]; i++) {
        uint16_t format[TEXT_CAPACITY];
        uint16_t out[TEXT_CAPACITY];
        NumberStatus status;
        double value;
        memcpy(&value, &double_cases[i].bits, sizeof value);
        size_t format_length = widen(double_cases[i].format, format);
        size_t length = number_format_double(value, format, format_length, out, TEXT_CAPACITY, &status);
        check_text(double_cases[i].format, double_cases[i].expected, out, length, status);
    }
}

static const FloatCase single_cases[] = {
    {0x00000000, "", "0"},
    {0x00000000, "e3", "0.000e+000"},
    {0x00000000, "0.0E+0", "0.0E+0"},
    {0x80000000, "", "-0"},
    {0x80000000, "E", "-0.000000E+000"},
    {0x80000000, "\\#0", "-#0"},
    {0x3f800000, "", "1"},
    {0x3f800000, "N0", "1"},
    {0x3f800000, "\303\251#", "\303\2511"},
    {0x3dcccccd, "", "0.1"},
    {0x3dcccccd, "X", "!format"},
    {0x3dcccccd, "-0", "-0"},
    {0x3eaaaaab, "", "0.33333334"},
    {0x3eaaaaab, "x", "!format"},
    {0x3eaaaaab, "#.##", ".33"},
    {0x4b800000, "", "16777216"},
    {0x4b800000, "E15", "1.677721600000000E+007"},
    {0x4b800000, "0,,.0", "16.8"},
    {0x4b800000, "", "16777216"},
    {0x4b800000, "R", "16777216"},
    {0x4b800000, "0.00", "16777220.00"},
    {0x4b189680, "", "10000000"},
    {0x4b189680, "N0", "10,000,000"},
    {0x4b189680, "#,##0.00", "10,000,000.00"},
    {0x4cbebc20, "", "100000000"},
    {0x4cbebc20, "N1", "100,000,000.0"},
    {0x4cbebc20, "0.00", "100000000.00"},
    {0x4e6e6b28, "", "1E+09"},
    {0x4e6e6b28, "G0", "1E+09"},
    {0x4e6e6b28, "0.0\342\200\260", "1000000000000.0\342\200\260"},
    {0x501502f9, "", "1E+10"},
    {0x501502f9, "N0", "10,000,000,000"},
    {0x501502f9, "0.00", "10000000000.00"},
    {0x47f12065, "", "123456.79"},
    {0x47f12065, "R3", "123456.79"},
    {0x47f12065, "#;#;#", "123457"},
    {0x3727c5ac, "", "1E-05"},
    {0x3727c5ac, "N", "0.00"},
    {0x3727c5ac, "x", "!format"},
    {0x7f7fffff, "", "3.4028235E+38"},
    {0x7f7fffff, "F", "340282346638528859811704183484516925440.00"},
    {0x7f7fffff, "#;#;#", "340282300000000000000000000000000000000"},
    {0x00000001, "", "1E-45"},
    {0x00000001, "F1234567890", "!format"},
    {0x00000001, "#.##", ""},
    {0x7f7fffff, "", "3.4028235E+38"},
    {0x7f7fffff, "G", "3.4028235E+38"},
    {0x7f7fffff, "#;#;#", "340282300000000000000000000000000000000"},
    {0x3e99999a, "", "0.3"},
    {0x3e99999a, "P", "30.00 %"},
    {0x3e99999a, "#.##", ".3"},
    {0x40200000, "", "2.5"},
    {0x40200000, "G5", "2.5"},
    {0x40200000, "[0]", "[3]"},
    {0xffc00000, "", "NaN"},
    {0xffc00000, "B", "NaN"},
    {0xffc00000, "#;#;#", "NaN"},
    {0xff800000, "", "-Infinity"},
    {0xff800000, "N", "-Infinity"},
    {0xff800000, "#;#;#", "-Infinity"},
    {0x449a522b, "", "1234.5677"},
    {0x449a522b, "e3", "1.235e+003"},
    {0x449a522b, "#.##", "1234.57"},
    {0xc0e80000, "", "-7.25"},
    {0xc0e80000, "E15", "-7.250000000000000E+000"},
    {0xc0e80000, "0E-000", "-7E000"},
};

static void test_single_format(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof single_cases / sizeof single_cases[0]; i++) {
        uint16_t format[TEXT_CAPACITY];
        uint16_t out[TEXT_CAPACITY];
        NumberStatus status;
        uint32_t bits = (uint32_t)single_cases[i].bits;
        float value;
        memcpy(&value, &bits, sizeof value);
        size_t format_length = widen(single_cases[i].format, format);
        size_t length = number_format_single(value, format, format_length, out, TEXT_CAPACITY, &status);
        check_text(single_cases[i].format, single_cases[i].expected, out, length, status);
    }
}

typedef struct {
    int64_t value;
    int byte_width;
    const char *format;
    const char *expected;
} IntegerCase;

static const IntegerCase integer_cases[] = {
    {0, 4, "", "0"},
    {1, 4, "", "1"},
    {-1, 4, "", "-1"},
    {-1, 1, "", "-1"},
    {-1, 2, "", "-1"},
    {-1, 8, "", "-1"},
    {127, 1, "", "127"},
    {-128, 1, "", "-128"},
    {12345, 4, "", "12345"},
    {-1234, 4, "", "-1234"},
    {2147483647, 4, "", "2147483647"},
    {-2147483648, 4, "", "-2147483648"},
    {9223372036854775807, 8, "", "9223372036854775807"},
    {INT64_MIN, 8, "", "-9223372036854775808"},
    {1000000, 4, "", "1000000"},
    {99, 4, "", "99"},
    {100, 4, "", "100"},
    {4294967296, 8, "", "4294967296"},
    {999999, 8, "", "999999"},
    {-50, 2, "", "-50"},
    {-1, 8, "G", "-1"},
    {9223372036854775807, 8, "G", "9223372036854775807"},
    {-1234, 4, "G", "-1234"},
    {-1234, 4, "R", "-1234"},
    {999999, 8, "R", "999999"},
    {-1, 4, "D", "-1"},
    {-50, 2, "D", "-50"},
    {-1234, 4, "D", "-1234"},
    {-2147483648, 4, "X", "80000000"},
    {-1, 4, "X", "FFFFFFFF"},
    {-1234, 4, "X", "FFFFFB2E"},
    {-50, 2, "B", "1111111111001110"},
    {-128, 1, "B", "10000000"},
    {-1234, 4, "B", "11111111111111111111101100101110"},
    {1, 4, "N", "1.00"},
    {-1234, 4, "N", "-1,234.00"},
    {-1234, 4, "F", "-1234.00"},
    {-1, 1, "F", "-1.00"},
    {-50, 2, "E", "-5.000000E+001"},
    {1, 4, "E", "1.000000E+000"},
    {-1234, 4, "E", "-1.234000E+003"},
    {100, 4, "C", "\302\244100.00"},
    {-1, 8, "C", "(\302\2441.00)"},
    {-1234, 4, "C", "(\302\2441,234.00)"},
    {-1234, 4, "P", "-123,400.00 %"},
    {1, 4, "P", "100.00 %"},
    {100, 4, "e3", "1.000e+002"},
    {99, 4, "e3", "9.900e+001"},
    {-1234, 4, "e3", "-1.234e+003"},
    {-1, 1, "G5", "-1"},
    {1000000, 4, "G5", "1E+06"},
    {-1234, 4, "G5", "-1234"},
    {-1, 2, "g2", "-1"},
    {99, 4, "g2", "99"},
    {-1234, 4, "g2", "-1.2e+03"},
    {999999, 8, "F0", "999999"},
    {-1, 4, "F0", "-1"},
    {-1234, 4, "F0", "-1234"},
    {0, 4, "N0", "0"},
    {99, 4, "N0", "99"},
    {-1234, 4, "N0", "-1,234"},
    {127, 1, "N3", "127.000"},
    {-1, 4, "N3", "-1.000"},
    {-1234, 4, "N3", "-1,234.000"},
    {-128, 1, "D8", "-00000128"},
    {-50, 2, "D8", "-00000050"},
    {-1234, 4, "D8", "-00001234"},
    {-1, 1, "X8", "000000FF"},
    {99, 4, "X8", "00000063"},
    {-1234, 4, "X8", "FFFFFB2E"},
    {-1, 1, "x", "ff"},
    {99, 4, "x", "63"},
    {-1234, 4, "x", "fffffb2e"},
    {127, 1, "P1", "12,700.0 %"},
    {-1, 4, "P1", "-100.0 %"},
    {-1234, 4, "P1", "-123,400.0 %"},
    {-50, 2, "C0", "(\302\24450)"},
    {100, 4, "C0", "\302\244100"},
    {-1234, 4, "C0", "(\302\2441,234)"},
    {2147483647, 4, "E0", "2E+009"},
    {-1, 1, "E0", "-1E+000"},
    {-1234, 4, "E0", "-1E+003"},
    {0, 4, "G17", "0"},
    {2147483647, 4, "G17", "2147483647"},
    {-1234, 4, "G17", "-1234"},
    {9223372036854775807, 8, "G20", "9223372036854775807"},
    {4294967296, 8, "G20", "4294967296"},
    {-1234, 4, "G20", "-1234"},
    {-50, 2, "F20", "-50.00000000000000000000"},
    {-1234, 4, "F20", "-1234.00000000000000000000"},
    {-1, 8, "G0", "-1"},
    {2147483647, 4, "G0", "2147483647"},
    {-1234, 4, "G0", "-1234"},
    {-1, 1, "R3", "-1"},
    {-1, 8, "R3", "-1"},
    {-1234, 4, "R3", "-1.23E+03"},
    {12345, 4, "b10", "11000000111001"},
    {-1234, 4, "b10", "11111111111111111111101100101110"},
    {12345, 4, "Z", "!format"},
    {1000000, 4, "Z", "!format"},
    {-1234, 4, "Z", "!format"},
    {INT64_MIN, 8, "F1234567890", "!format"},
    {-128, 1, "F1234567890", "!format"},
    {-1234, 4, "F1234567890", "!format"},
    {0, 4, "N1", "0.0"},
    {-1234, 4, "N1", "-1,234.0"},
    {1, 4, "E15", "1.000000000000000E+000"},
    {-1, 2, "E15", "-1.000000000000000E+000"},
    {-1234, 4, "E15", "-1.234000000000000E+003"},
    {1, 4, "0", "1"},
    {-50, 2, "0", "-50"},
    {INT64_MIN, 8, "#", "-9223372036854775808"},
    {2147483647, 4, "#", "2147483647"},
    {-50, 2, "0.00", "-50.00"},
    {-1, 1, "0.00", "-1.00"},
    {4294967296, 8, "#.##", "4294967296"},
    {0, 4, "#.##", ""},
    {999999, 8, "#,##0.00", "999,999.00"},
    {-128, 1, "#,##0.00", "-128.00"},
    {1, 4, "#,##0", "1"},
    {-50, 2, "#,##0", "-50"},
    {-1, 2, "0%", "-100%"},
    {-50, 2, "0%", "-5000%"},
    {1000000, 4, "0.0\342\200\260", "1000000000.0\342\200\260"},
    {INT64_MIN, 8, "0.0\342\200\260", "-9223372036854775808000.0\342\200\260"},
    {-1, 1, "0.0E+0", "-1.0E+0"},
    {0, 4, "0.0E+0", "0.0E+0"},
    {-1, 4, "##0.##E+00", "-100E-02"},
    {1, 4, "##0.##E+00", "100E-02"},
    {2147483647, 4, "e0", "2e+009"},
    {100, 4, "e0", "1e+002"},
    {999999, 8, "0,,.0", "1.0"},
    {-1, 4, "0,,.0", "0.0"},
    {2147483647, 4, "#,#,", "2,147,484"},
    {INT64_MIN, 8, "#,#,", "-9,223,372,036,854,776"},
    {-128, 1, "+0;-0;zero", "-128"},
    {-1234, 4, "+0;-0;zero", "-1234"},
    {-1, 4, "0.00;(0.00)", "(1.00)"},
    {-50, 2, "0.00;(0.00)", "(50.00)"},
    {1, 4, "0;;", "1"},
    {-1234, 4, "0;;", "-1234"},
    {99, 4, "(###) ###-####", "() -99"},
    {127, 1, "(###) ###-####", "() -127"},
    {-1, 4, "'a''b'0\"c\"", "-ab1c"},
    {1, 4, "'a''b'0\"c\"", "ab1c"},
    {4294967296, 8, "\\#0", "#4294967296"},
    {-1, 4, "\\#0", "-#1"},
    {999999, 8, "0.000;neg;nil", "999999.000"},
    {100, 4, "0.000;neg;nil", "100.000"},
    {1, 4, "00000", "00001"},
    {-1, 2, "00000", "-00001"},
    {-2147483648, 4, "0.##########", "-2147483648"},
    {100, 4, "0.##########", "100"},
    {12345, 4, "x", "3039"},
    {-1, 2, "#;#;#", "1"},
    {12345, 4, "#;#;#", "12345"},
    {0, 4, "0.0.0", "0.00"},
    {-50, 2, "0.0.0", "-50.00"},
    {-1, 2, "0E-000", "-1E000"},
    {-50, 2, "0E-000", "-5E001"},
    {-128, 1, "0e", "-128e"},
    {0, 4, "0e", "0e"},
    {INT64_MIN, 8, "\303\251#", "-\303\2519223372036854775808"},
    {-1, 8, "\303\251#", "-\303\2511"},
    {0, 4, "-0", "-0"},
    {-2147483648, 4, "-0", "--2147483648"},
    {-50, 2, "[0]", "-[50]"},
    {-1, 8, "[0]", "-[1]"},
};

static void test_integer_format(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof integer_cases / sizeof integer_cases[0]; i++) {
        const IntegerCase *now = &integer_cases[i];
        uint16_t format[TEXT_CAPACITY];
        uint16_t out[TEXT_CAPACITY];
        NumberStatus status;
        size_t format_length = widen(now->format, format);
        size_t length =
            number_format_int64(now->value, now->byte_width, format, format_length, out, TEXT_CAPACITY, &status);
        check_text(now->format, now->expected, out, length, status);
        if (now->value >= 0) {
            length = number_format_uint64((uint64_t)now->value, format, format_length, out, TEXT_CAPACITY, &status);
            check_text(now->format, now->expected, out, length, status);
        }
        if (format_length == 0) {
            length = number_int64_text(now->value, out, TEXT_CAPACITY);
            check_text("default", now->expected, out, length, NUMBER_OK);
        }
    }
    uint16_t out[TEXT_CAPACITY];
    check_text("max", "18446744073709551615", out, number_uint64_text(UINT64_MAX, out, TEXT_CAPACITY), NUMBER_OK);
}

static void test_capacity(void **state)
{
    (void)state;
    static const uint16_t format[] = {'F', '9', '9', '9', '9', '9', '9', '9', '9', '9'};
    static const uint16_t custom[] = {'0', 'x'};
    uint16_t out[8] = {0};
    NumberStatus status;
    assert_int_equal(number_format_double(-0.0, NULL, 0, NULL, 0, NULL), 2);
    assert_int_equal(number_format_int64(-1234567, 4, NULL, 0, out, 3, &status), 8);
    assert_int_equal(out[2], '2');
    assert_int_equal(out[3], 0);
    assert_int_equal(number_format_int64(7, 4, format, 10, out, 8, &status), 1000000001);
    assert_int_equal(out[7], '0');
    assert_int_equal(number_format_double(1.5, format, 10, out, 8, &status), 1000000001);
    assert_int_equal(number_format_double(-0.01, custom, 2, out, 1, &status), 3);
    assert_int_equal(out[0], '-');
}

typedef struct {
    const char *text;
    NumberStatus status;
    uint64_t double_bits;
    uint32_t single_bits;
} ParseCase;

static const ParseCase parse_cases[] = {
    {"0", NUMBER_OK, 0x0000000000000000, 0x00000000},
    {"-0", NUMBER_OK, 0x8000000000000000, 0x80000000},
    {"1", NUMBER_OK, 0x3ff0000000000000, 0x3f800000},
    {"-1", NUMBER_OK, 0xbff0000000000000, 0xbf800000},
    {"+1", NUMBER_OK, 0x3ff0000000000000, 0x3f800000},
    {" 12 ", NUMBER_OK, 0x4028000000000000, 0x41400000},
    {"\0117\012", NUMBER_OK, 0x401c000000000000, 0x40e00000},
    {"1,234.5", NUMBER_OK, 0x40934a0000000000, 0x449a5000},
    {"1,2,3", NUMBER_OK, 0x405ec00000000000, 0x42f60000},
    {",1", NUMBER_BAD_FORMAT, 0, 0},
    {"1.", NUMBER_OK, 0x3ff0000000000000, 0x3f800000},
    {".", NUMBER_BAD_FORMAT, 0, 0},
    {".5", NUMBER_OK, 0x3fe0000000000000, 0x3f000000},
    {"1e5", NUMBER_OK, 0x40f86a0000000000, 0x47c35000},
    {"1E-5", NUMBER_OK, 0x3ee4f8b588e368f1, 0x3727c5ac},
    {"1e", NUMBER_BAD_FORMAT, 0, 0},
    {"1e+", NUMBER_BAD_FORMAT, 0, 0},
    {"1e5.5", NUMBER_BAD_FORMAT, 0, 0},
    {"1e400", NUMBER_OK, 0x7ff0000000000000, 0x7f800000},
    {"-1e400", NUMBER_OK, 0xfff0000000000000, 0xff800000},
    {"1e-400", NUMBER_OK, 0x0000000000000000, 0x00000000},
    {"NaN", NUMBER_OK, 0xfff8000000000000, 0xffc00000},
    {"nan", NUMBER_OK, 0xfff8000000000000, 0xffc00000},
    {" -NaN", NUMBER_OK, 0xfff8000000000000, 0xffc00000},
    {"Infinity", NUMBER_OK, 0x7ff0000000000000, 0x7f800000},
    {"-infinity", NUMBER_OK, 0xfff0000000000000, 0xff800000},
    {"+Infinity", NUMBER_OK, 0x7ff0000000000000, 0x7f800000},
    {"Inf", NUMBER_BAD_FORMAT, 0, 0},
    {"\342\210\236", NUMBER_BAD_FORMAT, 0, 0},
    {"", NUMBER_BAD_FORMAT, 0, 0},
    {"  ", NUMBER_BAD_FORMAT, 0, 0},
    {"--1", NUMBER_BAD_FORMAT, 0, 0},
    {"- 1", NUMBER_BAD_FORMAT, 0, 0},
    {"1 2", NUMBER_BAD_FORMAT, 0, 0},
    {"1-", NUMBER_BAD_FORMAT, 0, 0},
    {"(1)", NUMBER_BAD_FORMAT, 0, 0},
    {"0x10", NUMBER_BAD_FORMAT, 0, 0},
    {"1_000", NUMBER_BAD_FORMAT, 0, 0},
    {"4.9e-324", NUMBER_OK, 0x0000000000000001, 0x00000000},
    {"2.4703282292062327e-324", NUMBER_OK, 0x0000000000000000, 0x00000000},
    {"2.4703282292062328e-324", NUMBER_OK, 0x0000000000000001, 0x00000000},
    {"1.7976931348623157e308", NUMBER_OK, 0x7fefffffffffffff, 0x7f800000},
    {"1.7976931348623158e308", NUMBER_OK, 0x7fefffffffffffff, 0x7f800000},
    {"1.7976931348623159e308", NUMBER_OK, 0x7ff0000000000000, 0x7f800000},
    {"9007199254740993", NUMBER_OK, 0x4340000000000000, 0x5a000000},
    {"9007199254740992.999999", NUMBER_OK, 0x4340000000000000, 0x5a000000},
    {"9007199254740993.00000000000000000000000000001", NUMBER_OK, 0x4340000000000001, 0x5a000000},
    {"0.1", NUMBER_OK, 0x3fb999999999999a, 0x3dcccccd},
    {"0.2", NUMBER_OK, 0x3fc999999999999a, 0x3e4ccccd},
    {"0.3", NUMBER_OK, 0x3fd3333333333333, 0x3e99999a},
    {"3.14159265358979", NUMBER_OK, 0x400921fb54442d11, 0x40490fdb},
    {"123456789012345678901234567890", NUMBER_OK, 0x45f8ee90ff6c373e, 0x6fc77488},
    {"2.2250738585072011e-308", NUMBER_OK, 0x000fffffffffffff, 0x00000000},
    {"2.2250738585072012e-308", NUMBER_OK, 0x0010000000000000, 0x00000000},
    {"6.631236846766476e-316", NUMBER_OK, 0x0000000008000000, 0x00000000},
    {"8.5", NUMBER_OK, 0x4021000000000000, 0x41080000},
    {"16777217", NUMBER_OK, 0x4170000010000000, 0x4b800000},
    {"16777217.0000001", NUMBER_OK, 0x417000001000001b, 0x4b800001},
    {"3.4028235e38", NUMBER_OK, 0x47efffffe54daff8, 0x7f7fffff},
    {"3.4028236e38", NUMBER_OK, 0x47effffff514a7bc, 0x7f800000},
    {"1.4e-45", NUMBER_OK, 0x369ff868bf4d956a, 0x00000001},
    {"7.0e-46", NUMBER_OK, 0x368ff868bf4d956a, 0x00000000},
    {"7.1e-46", NUMBER_OK, 0x369036aa2680f22c, 0x00000001},
    {"1e23", NUMBER_OK, 0x44b52d02c7e14af6, 0x65a96816},
    {"8.41e21", NUMBER_OK, 0x447c7e83209e90b2, 0x63e3f419},
    {"5e-324", NUMBER_OK, 0x0000000000000001, 0x00000000},
    {"0e999999999999", NUMBER_OK, 0x0000000000000000, 0x00000000},
    {"1e99999999999", NUMBER_OK, 0x7ff0000000000000, 0x7f800000},
    {"1e-99999999999", NUMBER_OK, 0x0000000000000000, 0x00000000},
    {"00000000000000000000000000000001", NUMBER_OK, 0x3ff0000000000000, 0x3f800000},
    {"0.000000000000000000000000000000000001", NUMBER_OK, 0x38754484932d2e72, 0x03aa2425},
    {"1\302\240", NUMBER_BAD_FORMAT, 0, 0},
    {"1e0000000000000000000005", NUMBER_OK, 0x40f86a0000000000, 0x47c35000},
};

static void test_parse_float(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof parse_cases / sizeof parse_cases[0]; i++) {
        const ParseCase *now = &parse_cases[i];
        uint16_t text[TEXT_CAPACITY];
        size_t length = widen(now->text, text);
        double value;
        float single;
        uint64_t bits;
        uint32_t single_bits;
        NumberStatus status = number_parse_double(text, length, &value);
        NumberStatus single_status = number_parse_single(text, length, &single);
        memcpy(&bits, &value, sizeof bits);
        memcpy(&single_bits, &single, sizeof single_bits);
        if (status != now->status || bits != now->double_bits) {
            fail_msg("'%s' as a double: status %d, bits %016llx", now->text, (int)status, (unsigned long long)bits);
        }
        if (single_status != now->status || single_bits != now->single_bits) {
            fail_msg("'%s' as a float: status %d, bits %08x", now->text, (int)single_status, (unsigned)single_bits);
        }
    }
}

static void test_parse_literal(void **state)
{
    (void)state;
    double value;
    float single;
    assert_int_equal(number_parse_double_literal("1.5e-3", 6, &value), NUMBER_OK);
    assert_true(value == 1.5e-3);
    assert_int_equal(number_parse_single_literal(".1", 2, &single), NUMBER_OK);
    assert_true(single == .1f);
    assert_int_equal(number_parse_double_literal(" 1", 2, &value), NUMBER_BAD_FORMAT);
    assert_int_equal(number_parse_double_literal("-1", 2, &value), NUMBER_BAD_FORMAT);
    assert_int_equal(number_parse_double_literal("1,0", 3, &value), NUMBER_BAD_FORMAT);
    assert_int_equal(number_parse_double_literal("NaN", 3, &value), NUMBER_BAD_FORMAT);
}

typedef struct {
    const char *text;
    NumberStatus int_status;
    int64_t int_value;
    NumberStatus long_status;
    int64_t long_value;
    NumberStatus ulong_status;
    uint64_t ulong_value;
    NumberStatus hex_status;
    uint64_t hex_value;
} ParseIntegerCase;

static const ParseIntegerCase parse_integer_cases[] = {
    {"0", NUMBER_OK, 0, NUMBER_OK, 0, NUMBER_OK, 0, NUMBER_OK, 0},
    {"-0", NUMBER_OK, 0, NUMBER_OK, 0, NUMBER_OK, 0, NUMBER_BAD_FORMAT, 0},
    {"-00", NUMBER_OK, 0, NUMBER_OK, 0, NUMBER_OK, 0, NUMBER_BAD_FORMAT, 0},
    {"1", NUMBER_OK, 1, NUMBER_OK, 1, NUMBER_OK, 1, NUMBER_OK, 1},
    {"-1", NUMBER_OK, -1, NUMBER_OK, -1, NUMBER_OVERFLOW, 0, NUMBER_BAD_FORMAT, 0},
    {"+1", NUMBER_OK, 1, NUMBER_OK, 1, NUMBER_OK, 1, NUMBER_BAD_FORMAT, 0},
    {" 12 ", NUMBER_OK, 12, NUMBER_OK, 12, NUMBER_OK, 12, NUMBER_OK, 18},
    {"\0117\012", NUMBER_OK, 7, NUMBER_OK, 7, NUMBER_OK, 7, NUMBER_OK, 7},
    {"1,234", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"1.0", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"1e5", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_OK, 485},
    {"", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"  ", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"-", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"+", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"--1", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"- 1", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"1 2", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"1-", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"127", NUMBER_OK, 127, NUMBER_OK, 127, NUMBER_OK, 127, NUMBER_OK, 295},
    {"128", NUMBER_OK, 128, NUMBER_OK, 128, NUMBER_OK, 128, NUMBER_OK, 296},
    {"-128", NUMBER_OK, -128, NUMBER_OK, -128, NUMBER_OVERFLOW, 0, NUMBER_BAD_FORMAT, 0},
    {"-129", NUMBER_OK, -129, NUMBER_OK, -129, NUMBER_OVERFLOW, 0, NUMBER_BAD_FORMAT, 0},
    {"255", NUMBER_OK, 255, NUMBER_OK, 255, NUMBER_OK, 255, NUMBER_OK, 597},
    {"256", NUMBER_OK, 256, NUMBER_OK, 256, NUMBER_OK, 256, NUMBER_OK, 598},
    {"32767", NUMBER_OK, 32767, NUMBER_OK, 32767, NUMBER_OK, 32767, NUMBER_OK, 206695},
    {"32768", NUMBER_OK, 32768, NUMBER_OK, 32768, NUMBER_OK, 32768, NUMBER_OK, 206696},
    {"2147483647", NUMBER_OK, 2147483647, NUMBER_OK, 2147483647, NUMBER_OK, 2147483647, NUMBER_OVERFLOW, 0},
    {"2147483648", NUMBER_OVERFLOW, 0, NUMBER_OK, 2147483648, NUMBER_OK, 2147483648, NUMBER_OVERFLOW, 0},
    {"-2147483648", NUMBER_OK, -2147483648, NUMBER_OK, -2147483648, NUMBER_OVERFLOW, 0, NUMBER_BAD_FORMAT, 0},
    {"-2147483649", NUMBER_OVERFLOW, 0, NUMBER_OK, -2147483649, NUMBER_OVERFLOW, 0, NUMBER_BAD_FORMAT, 0},
    {"4294967295", NUMBER_OVERFLOW, 0, NUMBER_OK, 4294967295, NUMBER_OK, 4294967295, NUMBER_OVERFLOW, 0},
    {"4294967296", NUMBER_OVERFLOW, 0, NUMBER_OK, 4294967296, NUMBER_OK, 4294967296, NUMBER_OVERFLOW, 0},
    {"9223372036854775807", NUMBER_OVERFLOW, 0, NUMBER_OK, 9223372036854775807u, NUMBER_OK, 9223372036854775807u,
     NUMBER_OVERFLOW, 0},
    {"9223372036854775808", NUMBER_OVERFLOW, 0, NUMBER_OVERFLOW, 0, NUMBER_OK, 9223372036854775808u, NUMBER_OVERFLOW,
     0},
    {"-9223372036854775808", NUMBER_OVERFLOW, 0, NUMBER_OK, INT64_MIN, NUMBER_OVERFLOW, 0, NUMBER_BAD_FORMAT, 0},
    {"-9223372036854775809", NUMBER_OVERFLOW, 0, NUMBER_OVERFLOW, 0, NUMBER_OVERFLOW, 0, NUMBER_BAD_FORMAT, 0},
    {"18446744073709551615", NUMBER_OVERFLOW, 0, NUMBER_OVERFLOW, 0, NUMBER_OK, UINT64_MAX, NUMBER_OVERFLOW, 0},
    {"18446744073709551616", NUMBER_OVERFLOW, 0, NUMBER_OVERFLOW, 0, NUMBER_OVERFLOW, 0, NUMBER_OVERFLOW, 0},
    {"99999999999999999999999", NUMBER_OVERFLOW, 0, NUMBER_OVERFLOW, 0, NUMBER_OVERFLOW, 0, NUMBER_OVERFLOW, 0},
    {"99999999999999999999999x", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT,
     0},
    {"000000000000000000000000001", NUMBER_OK, 1, NUMBER_OK, 1, NUMBER_OK, 1, NUMBER_OK, 1},
    {"0x1F", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"FF", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_OK, 255},
    {"ffffffff", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_OK, 4294967295},
    {"1FFFFFFFF", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_OVERFLOW, 0},
    {"-FF", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
    {"\331\241", NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0, NUMBER_BAD_FORMAT, 0},
};

static void test_parse_integer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof parse_integer_cases / sizeof parse_integer_cases[0]; i++) {
        const ParseIntegerCase *now = &parse_integer_cases[i];
        uint16_t text[TEXT_CAPACITY];
        size_t length = widen(now->text, text);
        int64_t value;
        uint64_t natural;
        assert_int_equal(number_parse_int64(text, length, INT32_MIN, INT32_MAX, &value), now->int_status);
        assert_true(value == now->int_value);
        assert_int_equal(number_parse_int64(text, length, INT64_MIN, INT64_MAX, &value), now->long_status);
        assert_true(value == now->long_value);
        assert_int_equal(number_parse_uint64(text, length, UINT64_MAX, &natural), now->ulong_status);
        assert_true(natural == now->ulong_value);
        assert_int_equal(number_parse_hex(text, length, 4, &natural), now->hex_status);
        assert_true(natural == now->hex_value);
    }
    uint64_t natural;
    static const uint16_t binary[] = {'1', '0', '1'};
    assert_int_equal(number_parse_binary(binary, 3, 1, &natural), NUMBER_OK);
    assert_true(natural == 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_double_format),  cmocka_unit_test(test_single_format),
        cmocka_unit_test(test_integer_format), cmocka_unit_test(test_capacity),
        cmocka_unit_test(test_parse_float),    cmocka_unit_test(test_parse_literal),
        cmocka_unit_test(test_parse_integer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
