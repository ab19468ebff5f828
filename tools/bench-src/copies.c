/*
 * Writes a capture of many copies of real ones, for measuring: copies BYTES SEED FILE CAPTURE...
 *
 * Each copy has addresses of its own (their low 16 bits; groups and broadcast stay) with checksums that agree as before, begins at a time of
 * its own within ten minutes, and all are merged by time: thousands of conversations of many protocols go on at once. Taken are captures in
 * pcap of Ethernet with two packets at least, 4 MiB at most, and an hour at most; the others are counted. There are 65,536 copies at most.
 * Facts go to standard output, a "name value" a line.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "random.h"

enum { FILE_HEADER = 24, RECORD_HEADER = 16, ETHERNET = 1, LARGEST_FRAME = 262144, LARGEST_CAPTURE = 4 << 20 };
enum { MOST_COPIES = 1 << 16, MAC_HEADER = 14, TAG = 4, IPV4_HEADER = 20, IPV6_HEADER = 40, TCP = 6, UDP = 17 };

static const uint64_t SPAN_US = 600u * 1000000u;
static const uint64_t LONGEST_US = 3600u * 1000000u;
static const uint64_t BEGIN_US = 1767600000000000u; /* 2026-01-05T08:00:00Z */

struct packet {
    uint64_t time_us; /* since the first one of its capture, never before the packet that it follows */
    uint32_t length;
    uint32_t original;
    const uint8_t *frame;
};

struct source {
    struct packet *packets;
    uint32_t count;
    uint64_t bytes;
};

struct copy {
    const struct source *source;
    uint64_t begin_us;
    uint32_t next;
    uint16_t mask;
};

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void *allocate(size_t size)
{
    void *memory = malloc(size ? size : 1);
    if (!memory)
        fail("malloc");
    return memory;
}

static uint32_t read32(const uint8_t *at, bool big)
{
    return big ? (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3] : (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

static uint16_t read16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static void write16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static uint8_t *read_file(const char *name, size_t *length)
{
    FILE *file = fopen(name, "rb");
    if (!file)
        return NULL;
    uint8_t *bytes = allocate(LARGEST_CAPTURE + 1);
    *length = fread(bytes, 1, LARGEST_CAPTURE + 1, file);
    fclose(file);
    return bytes;
}

/* False for a capture that is not taken. Its frames stay in memory. */
static bool load(const char *name, struct source *source)
{
    size_t length = 0;
    uint8_t *bytes = read_file(name, &length);
    if (!bytes || length < FILE_HEADER || length > LARGEST_CAPTURE) {
        free(bytes);
        return false;
    }

    uint32_t magic = read32(bytes, true);
    bool big = magic == 0xA1B2C3D4 || magic == 0xA1B23C4D;
    bool nanoseconds = magic == 0xA1B23C4D || magic == 0x4D3CB2A1;
    bool known = big || magic == 0xD4C3B2A1 || magic == 0x4D3CB2A1;
    if (!known || (read32(bytes + 20, big) & 0xFFFF) != ETHERNET) {
        free(bytes);
        return false;
    }

    *source = (struct source){allocate(length / RECORD_HEADER * sizeof(struct packet)), 0, 0};
    uint64_t first_us = 0, last_us = 0;
    bool is_short = true;
    for (size_t at = FILE_HEADER; at + RECORD_HEADER <= length;) {
        uint32_t fraction = read32(bytes + at + 4, big);
        uint64_t time_us = (uint64_t)read32(bytes + at, big) * 1000000 + (nanoseconds ? fraction / 1000 : fraction);
        struct packet packet = {0, read32(bytes + at + 8, big), read32(bytes + at + 12, big), bytes + at + RECORD_HEADER};
        if (packet.length > LARGEST_FRAME || at + RECORD_HEADER + packet.length > length)
            break;
        if (source->count == 0)
            first_us = time_us;
        is_short = is_short && time_us + LONGEST_US > first_us && time_us < first_us + LONGEST_US;
        packet.time_us = time_us < first_us + last_us ? last_us : time_us - first_us;
        last_us = packet.time_us;
        source->packets[source->count++] = packet;
        source->bytes += RECORD_HEADER + packet.length;
        at += RECORD_HEADER + packet.length;
    }

    if (source->count >= 2 && is_short)
        return true;
    free(source->packets);
    free(bytes);
    return false;
}

/* Replaces a word and takes the change into a checksum (RFC 1624): HC' = ~(~HC + ~m + m'). */
static uint32_t change(uint8_t *word, uint16_t mask)
{
    uint16_t before = read16(word);
    write16(word, before ^ mask);
    return (uint16_t)~before + (uint32_t)(uint16_t)(before ^ mask);
}

static void correct(uint8_t *checksum, uint32_t changes)
{
    uint32_t sum = (uint16_t)~read16(checksum) + changes;
    while (sum >> 16)
        sum = (sum & 0xFFFF) + (sum >> 16);
    write16(checksum, (uint16_t)~sum);
}

static bool is_of_one_host(const uint8_t *address, bool is_ipv6)
{
    return is_ipv6 ? address[0] != 0xFF : address[0] != 0 && address[0] < 224;
}

/* Gives a frame of IP other addresses. What is in tunnels keeps its own. */
static void move(uint8_t *frame, uint32_t length, uint16_t mask)
{
    uint32_t at = MAC_HEADER;
    while (length >= at && (read16(frame + at - 2) == 0x8100 || read16(frame + at - 2) == 0x88A8))
        at += TAG;
    if (length < at)
        return;
    bool is_ipv6 = read16(frame + at - 2) == 0x86DD;
    if (length < at + (is_ipv6 ? IPV6_HEADER : IPV4_HEADER) || (!is_ipv6 && read16(frame + at - 2) != 0x0800))
        return;

    uint8_t *header = frame + at;
    uint8_t *sender = header + (is_ipv6 ? 8 : 12), *receiver = header + (is_ipv6 ? 24 : 16);
    uint32_t changes = 0, tail = is_ipv6 ? 14 : 2;
    if (is_of_one_host(sender, is_ipv6))
        changes += change(sender + tail, mask);
    if (is_of_one_host(receiver, is_ipv6))
        changes += change(receiver + tail, mask);
    if (!is_ipv6)
        correct(header + 10, changes);

    uint32_t transport = at + (is_ipv6 ? IPV6_HEADER : (header[0] & 15u) * 4u);
    bool is_later_fragment = !is_ipv6 && (read16(header + 6) & 0x1FFF) != 0;
    uint8_t protocol = is_ipv6 ? header[6] : header[9];
    uint32_t checksum = transport + (protocol == TCP ? 16 : 6);
    if (is_later_fragment || (protocol != TCP && protocol != UDP) || checksum + 2 > length)
        return;
    if (protocol == TCP || read16(frame + checksum) != 0)
        correct(frame + checksum, changes);
}

static uint64_t time_of(const struct copy *copy)
{
    return copy->begin_us + copy->source->packets[copy->next].time_us;
}

/* Restores the heap below a place: the copy whose next packet is first stands at the top, of two at the same time the one with the lower mask. */
static void sink(struct copy *heap, uint32_t count, uint32_t place)
{
    for (;;) {
        uint32_t least = place;
        for (uint32_t child = 2 * place + 1; child <= 2 * place + 2 && child < count; child++) {
            uint64_t one = time_of(&heap[child]), other = time_of(&heap[least]);
            if (one < other || (one == other && heap[child].mask < heap[least].mask))
                least = child;
        }
        if (least == place)
            return;
        struct copy moved = heap[place];
        heap[place] = heap[least];
        heap[least] = moved;
        place = least;
    }
}

static void write_packet(FILE *file, const struct copy *copy, uint64_t time_us)
{
    static uint8_t room[RECORD_HEADER + LARGEST_FRAME];
    const struct packet *packet = &copy->source->packets[copy->next];
    struct bytes record = {room, 0};
    put32_little(&record, (uint32_t)(time_us / 1000000));
    put32_little(&record, (uint32_t)(time_us % 1000000));
    put32_little(&record, packet->length);
    put32_little(&record, packet->original);
    put_bytes(&record, packet->frame, packet->length);
    move(room + RECORD_HEADER, packet->length, copy->mask);
    if (fwrite(room, 1, record.length, file) != record.length)
        fail("fwrite");
}

static void write_header(FILE *file)
{
    uint8_t room[FILE_HEADER];
    struct bytes header = {room, 0};
    put32_little(&header, 0xA1B2C3D4);
    put16_little(&header, 2);
    put16_little(&header, 4);
    put64_little(&header, 0);
    put32_little(&header, LARGEST_FRAME);
    put32_little(&header, ETHERNET);
    if (fwrite(room, 1, header.length, file) != header.length)
        fail("fwrite");
}

int main(int count, char **arguments)
{
    if (count < 5) {
        fprintf(stderr, "usage: copies BYTES SEED FILE CAPTURE...\n");
        return 2;
    }

    uint64_t wanted = strtoull(arguments[1], NULL, 10);
    struct random random = {strtoull(arguments[2], NULL, 10)};
    struct source *sources = allocate((size_t)(count - 4) * sizeof *sources);
    uint32_t taken = 0;
    uint64_t round_bytes = 0;
    for (int i = 4; i < count; i++) {
        if (!load(arguments[i], &sources[taken]))
            continue;
        round_bytes += sources[taken++].bytes;
    }
    if (taken == 0) {
        fprintf(stderr, "copies: none of the captures is pcap of Ethernet, of 4 MiB and an hour at most\n");
        return 1;
    }

    /* As many rounds as fill the file, the last one as far as it goes; then all in the order of chance. */
    uint32_t most = (uint32_t)(wanted / round_bytes + 1) * taken, copies = 0;
    struct copy *heap = allocate(most * sizeof *heap);
    for (uint64_t bytes = FILE_HEADER; copies < most && copies < MOST_COPIES && bytes < wanted; copies++) {
        heap[copies] = (struct copy){&sources[copies % taken], 0, 0, 0};
        bytes += heap[copies].source->bytes;
    }
    for (uint32_t i = 0; i < copies; i++) {
        uint32_t other = i + random_below(&random, copies - i);
        struct copy moved = heap[other];
        heap[other] = heap[i];
        heap[i] = moved;
        heap[i].begin_us = BEGIN_US + SPAN_US * i / copies;
        heap[i].mask = (uint16_t)(i * 40503u);
    }
    uint32_t left = copies;
    for (uint32_t place = copies / 2; place-- > 0;)
        sink(heap, left, place);

    FILE *file = fopen(arguments[3], "wb");
    if (!file)
        fail(arguments[3]);
    write_header(file);
    uint64_t packets = 0, last_us = BEGIN_US;
    for (; left > 0; packets++) {
        last_us = time_of(&heap[0]);
        write_packet(file, &heap[0], last_us);
        if (++heap[0].next == heap[0].source->count)
            heap[0] = heap[--left];
        sink(heap, left, 0);
    }
    long written = ftell(file);
    if (fclose(file) != 0)
        fail(arguments[3]);
    printf("captures %u\nleft-out %u\ncopies %u\npackets %llu\nbytes %ld\nseconds %llu\n", taken, (uint32_t)(count - 4) - taken, copies, (unsigned long long)packets, written,
        (unsigned long long)((last_us - BEGIN_US) / 1000000));
    return 0;
}
