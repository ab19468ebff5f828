/* Frames of TCP, UDP and ICMP echo with right lengths and checksums, written to a pcap file. */
#ifndef BENCH_FRAMES_H
#define BENCH_FRAMES_H

#include <stdint.h>
#include <stdio.h>

enum { CLIENT = 0, SERVER = 1 };

/* TCP control bits (RFC 9293 section 3.1). */
enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16 };

/* Room for a payload: an Ethernet MTU of 1500 without IPv4 and TCP headers with timestamps. IPv6 has 20 bytes less. */
enum { SEGMENT_V4 = 1448, SEGMENT_V6 = 1428 };

/* What every packet of a flow has in common. */
struct path {
    uint8_t is_v6;
    uint16_t vlan; /* 0: no tag */
    uint16_t port[2];
    uint8_t mac[2][6];
    uint8_t address[2][16];
};

struct segment {
    uint32_t sequence;
    uint32_t acknowledgement;
    uint8_t flags;
    uint32_t timestamp_value;
    uint32_t timestamp_echo;
};

struct capture {
    FILE *file;
    uint64_t packets;
    uint64_t bytes;
    uint64_t first_us;
    uint64_t last_us;
};

void capture_begin(struct capture *capture, FILE *file);

/* Times are microseconds since 1970. `from` is CLIENT or SERVER. A packet earlier than its predecessor is a mistake and aborts. */
void write_udp(struct capture *capture, uint64_t time_us, const struct path *path, int from, const uint8_t *payload, uint32_t length);
void write_tcp(struct capture *capture, uint64_t time_us, const struct path *path, int from, const struct segment *segment, const uint8_t *payload, uint32_t length);
void write_echo(struct capture *capture, uint64_t time_us, const struct path *path, int from, uint16_t sequence, const uint8_t *payload, uint32_t length);

#endif
