/* splitmix64: small, and the same everywhere. */
#include "generate.h"

static uint64_t next(Generator *generator)
{
    uint64_t z = generator->random += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

uint32_t random_below(Generator *generator, uint32_t limit)
{
    return (uint32_t)((next(generator) >> 32) * limit >> 32);
}

bool random_chance(Generator *generator, uint32_t percent)
{
    return random_below(generator, 100) < percent;
}

int random_weighted(Generator *generator, const uint8_t *weights)
{
    uint32_t sum = 0;
    for (int i = 0; weights[i] != 0; i++) {
        sum += weights[i];
    }
    uint32_t rest = random_below(generator, sum);
    int index = 0;
    while (rest >= weights[index]) {
        rest -= weights[index++];
    }
    return index;
}
