/* Writing numbers and text in network byte order behind one another. The caller sees to the room. */
#ifndef BENCH_BYTES_H
#define BENCH_BYTES_H

#include <stdint.h>
#include <string.h>

struct bytes {
    uint8_t *at;
    uint32_t length;
};

static inline void put8(struct bytes *bytes, uint32_t value)
{
    bytes->at[bytes->length++] = (uint8_t)value;
}

static inline void put16(struct bytes *bytes, uint32_t value)
{
    put8(bytes, value >> 8);
    put8(bytes, value);
}

static inline void put32(struct bytes *bytes, uint32_t value)
{
    put16(bytes, value >> 16);
    put16(bytes, value);
}

static inline void put64(struct bytes *bytes, uint64_t value)
{
    put32(bytes, (uint32_t)(value >> 32));
    put32(bytes, (uint32_t)value);
}

static inline void put16_little(struct bytes *bytes, uint32_t value)
{
    put8(bytes, value);
    put8(bytes, value >> 8);
}

static inline void put32_little(struct bytes *bytes, uint32_t value)
{
    put16_little(bytes, value);
    put16_little(bytes, value >> 16);
}

static inline void put64_little(struct bytes *bytes, uint64_t value)
{
    put32_little(bytes, (uint32_t)value);
    put32_little(bytes, (uint32_t)(value >> 32));
}

static inline void put_bytes(struct bytes *bytes, const void *source, uint32_t length)
{
    memcpy(bytes->at + bytes->length, source, length);
    bytes->length += length;
}

static inline void put_zeros(struct bytes *bytes, uint32_t length)
{
    memset(bytes->at + bytes->length, 0, length);
    bytes->length += length;
}

static inline void put_text(struct bytes *bytes, const char *text)
{
    put_bytes(bytes, text, (uint32_t)strlen(text));
}

/* Writes a length over the two bytes at `place`: of all that was put behind them. */
static inline void close16(struct bytes *bytes, uint32_t place)
{
    uint32_t length = bytes->length - place - 2;
    bytes->at[place] = (uint8_t)(length >> 8);
    bytes->at[place + 1] = (uint8_t)length;
}

#endif
