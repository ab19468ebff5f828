#include "frames.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"

enum { MAXIMUM_FRAME = 1600, MINIMUM_FRAME = 60 }; /* IEEE 802.3 section 3.2.7: 64 bytes, of which 4 are the check sequence */
enum { ETHERTYPE_IPV4 = 0x0800, ETHERTYPE_VLAN = 0x8100, ETHERTYPE_IPV6 = 0x86DD };
enum { PROTOCOL_ICMP = 1, PROTOCOL_TCP = 6, PROTOCOL_UDP = 17, PROTOCOL_ICMPV6 = 58 };
enum { TCP_CHECKSUM = 16, UDP_CHECKSUM = 6, ICMP_CHECKSUM = 2 };
enum { MSS_V4 = 1460, MSS_V6 = 1440, WINDOW = 502, WINDOW_SCALE = 7 };
enum { PCAP_RECORD_HEADER = 16, SNAP_LENGTH = 262144, LINKTYPE_ETHERNET = 1 };

static void put_host32(uint8_t *at, uint32_t value)
{
    memcpy(at, &value, sizeof value);
}

void capture_begin(struct capture *capture, FILE *file)
{
    /* In the byte order of this machine, as pcap allows; versions are 16 bits each. */
    uint8_t header[24] = {0};
    uint16_t version[2] = {2, 4};
    put_host32(header, 0xA1B2C3D4u);
    memcpy(header + 4, version, sizeof version);
    put_host32(header + 16, SNAP_LENGTH);
    put_host32(header + 20, LINKTYPE_ETHERNET);
    memset(capture, 0, sizeof *capture);
    capture->file = file;
    capture->bytes = fwrite(header, 1, sizeof header, file);
}

static void write_record(struct capture *capture, uint64_t time_us, const struct bytes *frame)
{
    uint8_t header[PCAP_RECORD_HEADER];
    if (time_us < capture->last_us)
        abort();
    if (capture->packets == 0)
        capture->first_us = time_us;
    put_host32(header, (uint32_t)(time_us / 1000000));
    put_host32(header + 4, (uint32_t)(time_us % 1000000));
    put_host32(header + 8, frame->length);
    put_host32(header + 12, frame->length);
    if (fwrite(header, sizeof header, 1, capture->file) != 1 || fwrite(frame->at, frame->length, 1, capture->file) != 1) {
        perror("the capture cannot be written");
        exit(1);
    }
    capture->last_us = time_us;
    capture->packets++;
    capture->bytes += sizeof header + frame->length;
}

/* RFC 1071: sums 16-bit words; a last odd byte counts as if a zero followed. */
static uint32_t add_words(uint32_t sum, const uint8_t *at, uint32_t length)
{
    for (; length > 1; at += 2, length -= 2)
        sum += (uint32_t)(at[0] << 8 | at[1]);
    return length == 1 ? sum + (uint32_t)(at[0] << 8) : sum;
}

static uint16_t fold(uint32_t sum)
{
    sum = (sum >> 16) + (sum & 0xFFFF);
    sum += sum >> 16;
    return (uint16_t)~sum;
}

static void put_ipv4(struct bytes *frame, const struct path *path, int from, int protocol, uint32_t length, uint16_t identification)
{
    uint32_t begin = frame->length;
    put16(frame, 0x4500);
    put16(frame, 20 + length);
    put16(frame, identification);
    put16(frame, 0x4000); /* do not fragment */
    put8(frame, from == CLIENT ? 128 : 57);
    put8(frame, (uint32_t)protocol);
    put16(frame, 0);
    put_bytes(frame, path->address[from], 4);
    put_bytes(frame, path->address[!from], 4);
    uint16_t checksum = fold(add_words(0, frame->at + begin, 20));
    frame->at[begin + 10] = (uint8_t)(checksum >> 8);
    frame->at[begin + 11] = (uint8_t)checksum;
}

static void put_ipv6(struct bytes *frame, const struct path *path, int from, int protocol, uint32_t length)
{
    put32(frame, 0x60000000u);
    put16(frame, length);
    put8(frame, (uint32_t)protocol);
    put8(frame, 64);
    put_bytes(frame, path->address[from], 16);
    put_bytes(frame, path->address[!from], 16);
}

/* Ethernet, VLAN and IP headers for `length` bytes of transport header and payload. */
static void put_headers(struct bytes *frame, const struct path *path, int from, int protocol, uint32_t length, uint16_t identification)
{
    put_bytes(frame, path->mac[!from], 6);
    put_bytes(frame, path->mac[from], 6);
    if (path->vlan != 0) {
        put16(frame, ETHERTYPE_VLAN);
        put16(frame, path->vlan);
    }
    put16(frame, path->is_v6 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4);
    if (path->is_v6)
        put_ipv6(frame, path, from, protocol, length);
    else
        put_ipv4(frame, path, from, protocol, length, identification);
}

/* The checksum over the transport header and payload at `begin`, with the pseudo header that all but ICMP of IPv4 have. */
static void set_checksum(struct bytes *frame, const struct path *path, uint32_t begin, uint32_t place, int protocol)
{
    uint32_t length = frame->length - begin;
    uint32_t sum = 0;
    if (protocol != PROTOCOL_ICMP) {
        uint32_t size = path->is_v6 ? 16 : 4;
        sum = add_words(add_words((uint32_t)protocol + length, path->address[0], size), path->address[1], size);
    }
    uint16_t checksum = fold(add_words(sum, frame->at + begin, length));
    if (checksum == 0 && protocol == PROTOCOL_UDP)
        checksum = 0xFFFF; /* RFC 768: zero means that there is none */
    frame->at[begin + place] = (uint8_t)(checksum >> 8);
    frame->at[begin + place + 1] = (uint8_t)checksum;
}

static void write_frame(struct capture *capture, uint64_t time_us, struct bytes *frame)
{
    if (frame->length < MINIMUM_FRAME)
        put_zeros(frame, MINIMUM_FRAME - frame->length);
    write_record(capture, time_us, frame);
}

void write_udp(struct capture *capture, uint64_t time_us, const struct path *path, int from, const uint8_t *payload, uint32_t length)
{
    uint8_t room[MAXIMUM_FRAME];
    struct bytes frame = {room, 0};
    put_headers(&frame, path, from, PROTOCOL_UDP, 8 + length, (uint16_t)capture->packets);
    uint32_t begin = frame.length;
    put16(&frame, path->port[from]);
    put16(&frame, path->port[!from]);
    put16(&frame, 8 + length);
    put16(&frame, 0);
    put_bytes(&frame, payload, length);
    set_checksum(&frame, path, begin, UDP_CHECKSUM, PROTOCOL_UDP);
    write_frame(capture, time_us, &frame);
}

/* The options of a Linux SYN: maximum segment size, SACK permitted, timestamps, window scale (RFC 9293, 2018, 7323). */
static void put_syn_options(struct bytes *frame, const struct path *path, const struct segment *segment)
{
    put32(frame, 0x02040000u | (path->is_v6 ? MSS_V6 : MSS_V4));
    put16(frame, 0x0402);
    put16(frame, 0x080A);
    put32(frame, segment->timestamp_value);
    put32(frame, segment->timestamp_echo);
    put32(frame, 0x01030300u | WINDOW_SCALE);
}

static void put_timestamps(struct bytes *frame, const struct segment *segment)
{
    put32(frame, 0x0101080Au);
    put32(frame, segment->timestamp_value);
    put32(frame, segment->timestamp_echo);
}

void write_tcp(struct capture *capture, uint64_t time_us, const struct path *path, int from, const struct segment *segment, const uint8_t *payload, uint32_t length)
{
    uint8_t room[MAXIMUM_FRAME];
    struct bytes frame = {room, 0};
    int is_syn = (segment->flags & SYN) != 0;
    int is_reset = (segment->flags & RST) != 0;
    uint32_t header = is_reset ? 20 : is_syn ? 40 : 32;
    put_headers(&frame, path, from, PROTOCOL_TCP, header + length, (uint16_t)capture->packets);
    uint32_t begin = frame.length;
    put16(&frame, path->port[from]);
    put16(&frame, path->port[!from]);
    put32(&frame, segment->sequence);
    put32(&frame, segment->acknowledgement);
    put8(&frame, header / 4 << 4);
    put8(&frame, segment->flags);
    put16(&frame, is_reset ? 0 : is_syn ? 64240 : WINDOW);
    put32(&frame, 0); /* checksum, urgent pointer */
    if (is_syn)
        put_syn_options(&frame, path, segment);
    else if (!is_reset)
        put_timestamps(&frame, segment);
    put_bytes(&frame, payload, length);
    set_checksum(&frame, path, begin, TCP_CHECKSUM, PROTOCOL_TCP);
    write_frame(capture, time_us, &frame);
}

void write_echo(struct capture *capture, uint64_t time_us, const struct path *path, int from, uint16_t sequence, const uint8_t *payload, uint32_t length)
{
    uint8_t room[MAXIMUM_FRAME];
    struct bytes frame = {room, 0};
    int protocol = path->is_v6 ? PROTOCOL_ICMPV6 : PROTOCOL_ICMP;
    put_headers(&frame, path, from, protocol, 8 + length, (uint16_t)capture->packets);
    uint32_t begin = frame.length;
    put8(&frame, path->is_v6 ? (from == CLIENT ? 128 : 129) : (from == CLIENT ? 8 : 0));
    put8(&frame, 0);
    put16(&frame, 0);
    put16(&frame, path->port[CLIENT]); /* the identifier */
    put16(&frame, sequence);
    put_bytes(&frame, payload, length);
    set_checksum(&frame, path, begin, ICMP_CHECKSUM, protocol);
    write_frame(capture, time_us, &frame);
}
