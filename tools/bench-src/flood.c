/*
 * Writes TCP attempts of forged senders, each of another address: flood PACKETS SEED FILE. They go to hosts of site.yaml, and nobody answers. tools/soak replays them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frames.h"
#include "random.h"

static const uint64_t BEGIN_US = 1767600000000000u; /* 2026-01-05T08:00:00Z */

enum { MAXIMUM_PACKETS = 10 * 1000 * 1000, SPACING_US = 10, SERVERS = 4 };

static void forge(struct path *path, struct random *random)
{
    static const uint8_t server[SERVERS] = {10, 11, 20, 21};
    static const uint16_t port[SERVERS] = {88, 389, 445, 443};
    uint32_t sender = random_between(random, 0x0B000000u, 0xDEFFFFFFu);

    memset(path, 0, sizeof *path);
    path->mac[CLIENT][0] = path->mac[SERVER][0] = 2;
    path->mac[CLIENT][5] = 1;
    path->mac[SERVER][5] = 2;
    for (int byte = 0; byte < 4; byte++)
        path->address[CLIENT][byte] = (uint8_t)(sender >> (24 - 8 * byte));
    uint32_t target = random_below(random, SERVERS);
    path->address[SERVER][0] = 10;
    path->address[SERVER][3] = server[target];
    path->port[CLIENT] = (uint16_t)random_between(random, 1024, 65535);
    path->port[SERVER] = port[target];
}

int main(int count, char **arguments)
{
    long packets = count == 4 ? atol(arguments[1]) : 0;
    if (packets < 1 || packets > MAXIMUM_PACKETS) {
        fprintf(stderr, "usage: flood PACKETS SEED FILE, at most %d packets\n", MAXIMUM_PACKETS);
        return 2;
    }

    struct random random = {strtoull(arguments[2], NULL, 10)};
    struct capture capture;
    FILE *file = fopen(arguments[3], "wb");
    if (file == NULL) {
        perror(arguments[3]);
        return 1;
    }

    capture_begin(&capture, file);
    for (long packet = 0; packet < packets; packet++) {
        struct path path;
        struct segment segment = {.sequence = (uint32_t)random_next(&random), .flags = SYN};
        forge(&path, &random);
        write_tcp(&capture, BEGIN_US + (uint64_t)packet * SPACING_US, &path, CLIENT, &segment, NULL, 0);
    }

    if (fclose(file) != 0) {
        perror(arguments[3]);
        return 1;
    }

    return 0;
}
