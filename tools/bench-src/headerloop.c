/*
 * The least that any reader of a pcap file does: visit each record's header and add up its length. headerloop FILE [mmap]
 * It reads in blocks of 256 KiB; with mmap it walks over the mapped file. Prints the packets and their bytes.
 * The file is one that capture.c wrote on this machine: no other byte order, no damage.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 256 * 1024, ROOM = 2 * BLOCK, FILE_HEADER = 24, RECORD_HEADER = 16, CAPTURED_LENGTH = 8 };

struct sums {
    unsigned long long packets;
    unsigned long long bytes;
};

static _Noreturn void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* Walks whole records and returns how many bytes they took. */
static size_t walk(const unsigned char *at, size_t length, struct sums *sums)
{
    size_t offset = 0;
    while (length - offset >= RECORD_HEADER) {
        unsigned int captured;
        memcpy(&captured, at + offset + CAPTURED_LENGTH, sizeof captured);
        if (length - offset - RECORD_HEADER < captured)
            break;
        offset += RECORD_HEADER + captured;
        sums->packets++;
        sums->bytes += captured;
    }
    return offset;
}

static void read_in_blocks(int file, struct sums *sums)
{
    static unsigned char buffer[ROOM];
    size_t held = 0;
    int is_first = 1;
    for (;;) {
        ssize_t got = read(file, buffer + held, BLOCK);
        if (got < 0)
            fail("read");
        if (got == 0)
            return;
        held += (size_t)got;
        size_t begin = is_first ? FILE_HEADER : 0;
        size_t done = begin + walk(buffer + begin, held - begin, sums);
        held -= done;
        memmove(buffer, buffer + done, held);
        is_first = 0;
    }
}

static void walk_mapped(int file, struct sums *sums)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        fail("fstat");
    unsigned char *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED)
        fail("mmap");
    walk(bytes + FILE_HEADER, (size_t)status.st_size - FILE_HEADER, sums);
}

int main(int argc, char **argv)
{
    struct sums sums = {0, 0};
    if (argc < 2 || argc > 3 || (argc == 3 && strcmp(argv[2], "mmap") != 0)) {
        fprintf(stderr, "usage: headerloop FILE [mmap]\n");
        return 2;
    }
    int file = open(argv[1], O_RDONLY);
    if (file < 0)
        fail(argv[1]);
    if (argc == 3)
        walk_mapped(file, &sums);
    else
        read_in_blocks(file, &sums);
    printf("%llu %llu\n", sums.packets, sums.bytes);
    return 0;
}
