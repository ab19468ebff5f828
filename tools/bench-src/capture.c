/*
 * Writes a seeded capture of a busy office network, for measuring: capture FLOWS BYTES SEED FILE.
 *
 * The same arguments give the same file, byte for byte, on every machine of the same byte order. What it draws, and after whom, is told in
 * docs/performance.md. Facts of the file (flows of each kind, packets, bytes, seconds) go to standard output, a "name value" a line.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frames.h"
#include "messages.h"

static const uint64_t BEGIN_US = 1767600000000000u; /* 2026-01-05T08:00:00Z */
static const uint64_t SECOND_US = 1000000;

enum { FLOWS_PER_SECOND = 1000, MAXIMUM_FLOWS = 10 * 1000 * 1000 };
enum { CLIENTS = 2000, SCANNERS = 3, WEB_SERVERS = 5000, FIRST_PORT = 49152, PORTS = 65536 - FIRST_PORT };
enum { NOISE = 1 << 20, MAXIMUM_TRANSFER = 20 * 1000 * 1000, LARGEST_BURST = 16 };
enum { SAMPLE_EVERY_US = 1000000 };

/* How many of a thousand flows are of a kind, and about how many bytes a flow of it takes in the file beside its answers' size. */
static const struct {
    const char *name;
    uint32_t per_thousand;
    uint32_t overhead;
    uint16_t port;
} KIND[KINDS] = {
    [DNS] = {"dns", 647, 310, 53},
    [DNS_LOST] = {"dns-unanswered", 25, 220, 53},
    [NTP] = {"ntp", 50, 212, 123},
    [SNMP] = {"snmp", 35, 210, 161},
    [SYSLOG] = {"syslog", 30, 310, 514},
    [STUN] = {"stun", 15, 180, 3478},
    [SIP_UDP] = {"sip-udp", 20, 1700, 5060},
    [RTP] = {"rtp", 1, 28000, 0},
    [TLS] = {"tls", 36, 6900, 443},
    [HTTP] = {"http", 22, 2300, 80},
    [SIP_TCP] = {"sip-tcp", 4, 2700, 5060},
    [SMB] = {"smb", 10, 2900, 445},
    [PRIVATE] = {"private", 8, 1600, 27611},
    [SCAN] = {"scan", 35, 120, 0},
    [SYN_LOST] = {"syn-unanswered", 35, 280, 443},
    [PING] = {"ping", 27, 230, 0},
};

/*
 * Sizes of a TCP flow's answers in bytes, before they are scaled to fill the file: the size that one flow in 2^n exceeds. To n = 4 a
 * log-normal body (median 4 kB, sigma 1.32), above it a Pareto tail of exponent 1.1, each step 2^(1/1.1) times the one before.
 */
static const uint32_t SIZE_EXCEEDED_BY_ONE_IN_2_TO_THE[] = {120, 4000, 9700, 18200, 30300, 57000, 107000, 201000, 377000, 708000, 1330000, 2500000, 4700000, 8800000, 16500000, 31000000};

enum phase { OPENING, SYN_ACK, COMPLETING, SAYING, ACKNOWLEDGING, CLOSING, CLOSING_TOO, LAST, OVER };

/* A flow that is under way. */
struct conversation {
    struct talk talk;
    struct message message;
    uint32_t said;      /* bytes of the message that are sent */
    int has_message;
    enum phase phase;
    uint32_t round_trip_us;
    uint32_t bursts;
    uint32_t in_burst;
    int is_repeating;
    uint32_t sequence[2];
    uint32_t timestamp[2];
    uint32_t tries;
};

struct flow {
    struct path path;
    uint8_t kind;
    uint64_t time_us; /* of its next packet */
    uint32_t number;
    uint32_t answers; /* bytes */
    struct conversation *now;
};

static uint8_t noise[NOISE + SEGMENT_V4];

/* ---- Who talks to whom ---- */

static void set_host(struct path *path, int side, uint8_t first, uint8_t second, uint32_t host)
{
    static const uint8_t prefix[2][8] = {{0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 1}, {0x20, 0x01, 0, 2, 0, 0, 0, 1}}; /* RFC 3849, RFC 5180 */
    uint8_t mac[6] = {2, 0, first, second, (uint8_t)(host >> 8), (uint8_t)host};
    memcpy(path->mac[side], mac, sizeof mac);
    memset(path->address[side], 0, sizeof path->address[side]);
    if (path->is_v6) {
        memcpy(path->address[side], prefix[first != 10], 8);
        path->address[side][13] = second;
        path->address[side][14] = (uint8_t)(host >> 8);
        path->address[side][15] = (uint8_t)host;
    } else {
        path->address[side][0] = first;
        path->address[side][1] = second;
        path->address[side][2] = (uint8_t)(host >> 8);
        path->address[side][3] = (uint8_t)host;
    }
}

/* Clients are 10.0.64.0/18, servers of the house 10.0.0.0/24, the rest 198.18.0.0/15 (RFC 2544). */
enum { CLIENT_NET = 64 << 8, SCANNER_NET = 127 << 8, DNS_HOST = 10, FILE_HOST = 20, SERVICE_HOST = 30 };

static void choose_server(struct flow *flow, struct random *random, uint32_t client)
{
    static const uint16_t scanned[] = {22, 23, 80, 135, 139, 443, 445, 1433, 3389, 5900};
    struct path *path = &flow->path;
    path->port[SERVER] = KIND[flow->kind].port;
    switch (flow->kind) {
    case DNS:
    case DNS_LOST:
        set_host(path, SERVER, 10, 0, DNS_HOST + random_below(random, 2));
        break;
    case NTP:
    case SNMP:
    case SYSLOG:
    case STUN:
    case SIP_UDP:
    case SIP_TCP:
        set_host(path, SERVER, 10, 0, SERVICE_HOST + (uint32_t)flow->kind);
        break;
    case SMB:
    case PRIVATE:
        set_host(path, SERVER, 10, 0, FILE_HOST + random_below(random, 4));
        break;
    case RTP:
        set_host(path, SERVER, 10, 0, CLIENT_NET + (client + 1 + random_below(random, CLIENTS - 1)) % CLIENTS);
        path->port[SERVER] = (uint16_t)(16384 + 2 * random_below(random, 8192));
        break;
    case SCAN:
        set_host(path, SERVER, 10, 0, (1 << 8) + flow->number % (63 << 8));
        path->port[SERVER] = scanned[random_below(random, sizeof scanned / sizeof *scanned)];
        break;
    default: { /* few servers are much visited: of three draws the smallest share counts */
        uint64_t share = random_below(random, 65536);
        share = share * random_below(random, 65536) >> 16;
        share = share * random_below(random, 65536) >> 16;
        set_host(path, SERVER, 198, 18, (uint32_t)(share * WEB_SERVERS >> 16));
    }
    }
}

static void choose_ends(struct flow *flow, struct random *random, uint32_t *ports, uint32_t *pings)
{
    struct path *path = &flow->path;
    if (flow->kind == SCAN) {
        uint32_t scanner = random_below(random, SCANNERS);
        set_host(path, CLIENT, 10, 0, SCANNER_NET + scanner);
        path->port[CLIENT] = (uint16_t)(FIRST_PORT + ports[CLIENTS + scanner]++ % PORTS);
        choose_server(flow, random, 0);
        return;
    }

    /* One client in four speaks both; half of its flows are IPv6. One in four is behind a tagged VLAN. */
    uint32_t client = flow->kind == PING ? *pings % CLIENTS : random_below(random, CLIENTS);
    path->is_v6 = client % 4 == 1 && flow->number % 2 == 0;
    path->vlan = client % 4 == 2 ? (uint16_t)(10 + client % 3) : 0;
    set_host(path, CLIENT, 10, 0, CLIENT_NET + client);
    path->port[CLIENT] = (uint16_t)(FIRST_PORT + ports[client]++ % PORTS);
    if (flow->kind == PING) /* echoes have no ports: each pair of hosts but once */
        set_host(path, SERVER, 198, 19, (*pings)++ / CLIENTS);
    else
        choose_server(flow, random, client);
}

/* ---- Plan ---- */

static uint32_t draw_size(struct random *random)
{
    enum { STEPS = sizeof SIZE_EXCEEDED_BY_ONE_IN_2_TO_THE / sizeof *SIZE_EXCEEDED_BY_ONE_IN_2_TO_THE - 1 };
    uint64_t draw = random_next(random);
    uint32_t step = 0;
    while (step < STEPS - 1 && (draw >> (63 - step) & 1) == 0)
        step++;
    uint32_t low = SIZE_EXCEEDED_BY_ONE_IN_2_TO_THE[step];
    return low + random_below(random, SIZE_EXCEEDED_BY_ONE_IN_2_TO_THE[step + 1] - low);
}

static int is_transfer(int kind)
{
    return kind == TLS || kind == HTTP || kind == SMB || kind == PRIVATE;
}

static int by_time(const void *one, const void *other)
{
    const struct flow *a = one, *b = other;
    return a->time_us != b->time_us ? (a->time_us < b->time_us ? -1 : 1) : a->number < b->number ? -1 : 1;
}

/* A byte of payload takes a little more in the file: headers of segments, and acknowledgements. */
static uint64_t in_file(uint64_t payload)
{
    return payload + payload / 17;
}

static void scale_sizes(struct flow *flows, uint32_t count, uint64_t bytes)
{
    uint64_t overhead = 0, sizes = 0;
    for (uint32_t i = 0; i < count; i++) {
        overhead += KIND[flows[i].kind].overhead;
        sizes += flows[i].answers;
    }
    uint64_t room = bytes > overhead ? bytes - overhead : 0;
    uint64_t per_mille = sizes == 0 ? 0 : room * 1000 / in_file(sizes);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t scaled = flows[i].answers * per_mille / 1000;
        flows[i].answers = scaled < MAXIMUM_TRANSFER ? (uint32_t)scaled : MAXIMUM_TRANSFER;
    }
}

/* Arrivals that are drawn evenly over the time are a Poisson process once their number is given. */
static struct flow *plan(uint32_t count, uint64_t bytes, struct random *random)
{
    static uint32_t ports[CLIENTS + SCANNERS];
    uint32_t pings = 0, number = 0;
    struct flow *flows = calloc(count, sizeof *flows);
    if (flows == NULL) {
        fprintf(stderr, "no memory for %u flows\n", count);
        exit(1);
    }
    uint64_t duration_us = count * SECOND_US / FLOWS_PER_SECOND;
    for (int kind = 0; kind < KINDS; kind++) {
        uint32_t until = kind == KINDS - 1 ? count : number + (uint32_t)((uint64_t)count * KIND[kind].per_thousand / 1000);
        for (; number < until; number++) {
            struct flow *flow = &flows[number];
            flow->kind = (uint8_t)kind;
            flow->number = number;
            flow->time_us = BEGIN_US + random_next(random) % duration_us;
            flow->answers = is_transfer(kind) ? draw_size(random) : 0;
            choose_ends(flow, random, ports, &pings);
        }
    }
    scale_sizes(flows, count, bytes);
    qsort(flows, count, sizeof *flows, by_time);
    return flows;
}

/* ---- Conversations ---- */

static uint32_t draw_exchanges(int kind, struct random *random)
{
    switch (kind) {
    case DNS:
        return random_once_in(random, 16) ? 2 : 1; /* resolvers that keep their port ask for both address families */
    case DNS_LOST:
        return 2;
    case SYSLOG:
        return random_between(random, 1, 3);
    case RTP:
        return random_between(random, 10, 120);
    case SIP_TCP:
        return random_between(random, 1, 4);
    case PING:
        return random_between(random, 1, 2);
    case TLS:
    case HTTP:
    case SMB:
    case PRIVATE:
        return random_once_in(random, 2) ? 1 : random_between(random, 2, 6);
    default:
        return 1;
    }
}

static void begin(struct flow *flow, struct random *seeds)
{
    struct conversation *now = calloc(1, sizeof *now);
    if (now == NULL) {
        fprintf(stderr, "no memory for a conversation\n");
        exit(1);
    }
    struct random random = {random_next(seeds)};
    int is_inside = flow->path.address[SERVER][0] == 10 || (flow->path.is_v6 && flow->path.address[SERVER][3] == 0xB8);
    now->talk.kind = flow->kind;
    now->talk.number = flow->number;
    now->talk.exchanges = draw_exchanges(flow->kind, &random);
    now->talk.response = flow->answers / now->talk.exchanges + 1;
    now->round_trip_us = is_inside ? random_between(&random, 150, 900) : random_between(&random, 4000, 80000);
    for (int side = 0; side < 2; side++) {
        now->sequence[side] = (uint32_t)random_next(&random);
        now->timestamp[side] = (uint32_t)random_next(&random) >> 1;
    }
    now->talk.random = random;
    flow->now = now;
}

static void load_message(struct conversation *now)
{
    now->has_message = next_message(&now->talk, &now->message);
    now->said = 0;
}

/* Copies what comes next of a message: first its own bytes, then noise. */
static uint32_t take_payload(struct conversation *now, uint8_t *payload, uint32_t limit)
{
    const struct message *message = &now->message;
    uint32_t length = message->head + message->body - now->said;
    uint32_t own = 0;
    length = length < limit ? length : limit;
    if (now->said < message->head) {
        own = message->head - now->said < length ? message->head - now->said : length;
        memcpy(payload, message->bytes + now->said, own);
    }
    memcpy(payload + own, noise + (now->talk.number * 7919u + now->said) % NOISE, length - own);
    return length;
}

static void send(struct capture *capture, struct flow *flow, int from, uint8_t flags, const uint8_t *payload, uint32_t length)
{
    struct conversation *now = flow->now;
    uint32_t passed_ms = (uint32_t)((flow->time_us - BEGIN_US) / 1000);
    int is_first = (flags & SYN) != 0 && (flags & ACK) == 0;
    struct segment segment = {
        .sequence = now->sequence[from],
        .acknowledgement = (flags & ACK) != 0 ? now->sequence[!from] : 0,
        .flags = flags,
        .timestamp_value = now->timestamp[from] + passed_ms,
        .timestamp_echo = is_first ? 0 : now->timestamp[!from] + passed_ms,
    };
    write_tcp(capture, flow->time_us, &flow->path, from, &segment, payload, length);
}

/* The next message's begin: after the way there, and the time that its sender took. */
static void await_message(struct flow *flow)
{
    struct conversation *now = flow->now;
    int before = now->message.from;
    load_message(now);
    if (now->has_message) {
        now->phase = SAYING;
        flow->time_us += now->message.wait_us + (now->message.from != before ? now->round_trip_us : 20);
        return;
    }
    now->phase = random_once_in(&now->talk.random, 25) ? OVER : CLOSING;
    flow->time_us += random_once_in(&now->talk.random, 3) ? random_between(&now->talk.random, 1000000, 15000000) : random_between(&now->talk.random, 50, 5000);
}

static void say(struct capture *capture, struct flow *flow)
{
    struct conversation *now = flow->now;
    uint8_t payload[SEGMENT_V4];
    int from = now->message.from;
    uint32_t length = take_payload(now, payload, flow->path.is_v6 ? SEGMENT_V6 : SEGMENT_V4);
    int is_last = now->said + length == now->message.head + now->message.body;
    send(capture, flow, from, is_last ? PSH | ACK : ACK, payload, length);

    /* Now and then a segment is lost behind the place of capture and seen twice. */
    if (!now->is_repeating && random_once_in(&now->talk.random, 500)) {
        now->is_repeating = 1;
        flow->time_us += 200000 + now->round_trip_us;
        return;
    }
    now->is_repeating = 0;
    now->said += length;
    now->sequence[from] += length;
    now->in_burst++;
    flow->time_us += random_between(&now->talk.random, 4, 60);
    uint32_t burst = now->bursts < 3 ? 2u << now->bursts : LARGEST_BURST;
    if (is_last && from == CLIENT)
        await_message(flow); /* the answer acknowledges */
    else if (is_last || now->in_burst >= burst)
        now->phase = ACKNOWLEDGING;
}

static void acknowledge(struct capture *capture, struct flow *flow)
{
    struct conversation *now = flow->now;
    send(capture, flow, !now->message.from, ACK, NULL, 0);
    now->in_burst = 0;
    now->bursts++;
    if (now->said == now->message.head + now->message.body) {
        await_message(flow);
        return;
    }
    now->phase = SAYING;
    flow->time_us += now->round_trip_us / (now->bursts < 16 ? now->bursts : 16);
}

/* One packet of a TCP flow; 0 when it was the last. */
static int step_tcp(struct capture *capture, struct flow *flow)
{
    struct conversation *now = flow->now;
    switch (now->phase) {
    case OPENING:
        send(capture, flow, CLIENT, SYN, NULL, 0);
        now->sequence[CLIENT]++;
        now->phase = SYN_ACK;
        flow->time_us += now->round_trip_us;
        return 1;
    case SYN_ACK:
        send(capture, flow, SERVER, SYN | ACK, NULL, 0);
        now->sequence[SERVER]++;
        now->phase = COMPLETING;
        flow->time_us += random_between(&now->talk.random, 20, 200);
        return 1;
    case COMPLETING:
        send(capture, flow, CLIENT, ACK, NULL, 0);
        now->message.from = CLIENT;
        await_message(flow);
        return 1;
    case SAYING:
        say(capture, flow);
        return now->phase != OVER;
    case ACKNOWLEDGING:
        acknowledge(capture, flow);
        return now->phase != OVER;
    case CLOSING:
        if (random_once_in(&now->talk.random, 12)) {
            send(capture, flow, CLIENT, RST | ACK, NULL, 0);
            return 0;
        }
        send(capture, flow, CLIENT, FIN | ACK, NULL, 0);
        now->sequence[CLIENT]++;
        now->phase = CLOSING_TOO;
        flow->time_us += now->round_trip_us;
        return 1;
    case CLOSING_TOO:
        send(capture, flow, SERVER, FIN | ACK, NULL, 0);
        now->sequence[SERVER]++;
        now->phase = LAST;
        flow->time_us += random_between(&now->talk.random, 20, 200);
        return 1;
    default:
        send(capture, flow, CLIENT, ACK, NULL, 0);
        return 0;
    }
}

/* A SYN without success: a scan is refused or ignored, a client tries three times (RFC 6298 section 5: after 1 and 3 seconds). */
static int step_attempt(struct capture *capture, struct flow *flow)
{
    struct conversation *now = flow->now;
    if (now->phase == SYN_ACK) {
        now->sequence[SERVER] = 0;
        send(capture, flow, SERVER, RST | ACK, NULL, 0);
        return 0;
    }
    send(capture, flow, CLIENT, SYN, NULL, 0);
    if (flow->kind == SYN_LOST) {
        flow->time_us += SECOND_US << now->tries;
        return ++now->tries < 3;
    }
    now->sequence[CLIENT]++;
    now->phase = SYN_ACK;
    flow->time_us += now->round_trip_us;
    return flow->number % 2;
}

static int step_udp(struct capture *capture, struct flow *flow)
{
    struct conversation *now = flow->now;
    uint8_t payload[SEGMENT_V4];
    if (!now->has_message)
        load_message(now);
    uint32_t length = take_payload(now, payload, sizeof payload);
    int before = now->message.from;
    write_udp(capture, flow->time_us, &flow->path, before, payload, length);
    load_message(now);
    flow->time_us += now->message.wait_us + (before == CLIENT && now->message.from == SERVER ? now->round_trip_us : 0);
    return now->has_message;
}

static int step_ping(struct capture *capture, struct flow *flow)
{
    enum { PAYLOAD = 56 };
    struct conversation *now = flow->now;
    int from = now->tries % 2 == 0 ? CLIENT : SERVER;
    write_echo(capture, flow->time_us, &flow->path, from, (uint16_t)(now->tries / 2 + 1), noise, PAYLOAD);
    flow->time_us += from == CLIENT ? now->round_trip_us : SECOND_US;
    return ++now->tries < 2 * now->talk.exchanges;
}

static int step(struct capture *capture, struct flow *flow)
{
    if (flow->kind == PING)
        return step_ping(capture, flow);
    if (flow->kind == SCAN || flow->kind == SYN_LOST)
        return step_attempt(capture, flow);
    return flow->kind >= TLS ? step_tcp(capture, flow) : step_udp(capture, flow);
}

/* ---- All flows by time: a binary heap of those under way ---- */

struct heap {
    struct flow **at;
    uint32_t count;
};

static void sink(struct heap *heap, uint32_t place)
{
    for (;;) {
        uint32_t least = place;
        for (uint32_t child = 2 * place + 1; child <= 2 * place + 2 && child < heap->count; child++) {
            if (by_time(heap->at[child], heap->at[least]) < 0)
                least = child;
        }
        if (least == place)
            return;
        struct flow *flow = heap->at[place];
        heap->at[place] = heap->at[least];
        heap->at[least] = flow;
        place = least;
    }
}

static void push(struct heap *heap, struct flow *flow)
{
    uint32_t place = heap->count++;
    for (; place > 0 && by_time(flow, heap->at[(place - 1) / 2]) < 0; place = (place - 1) / 2)
        heap->at[place] = heap->at[(place - 1) / 2];
    heap->at[place] = flow;
}

static void finish_first(struct heap *heap)
{
    free(heap->at[0]->now);
    heap->at[0]->now = NULL;
    heap->at[0] = heap->at[--heap->count];
}

struct concurrency {
    uint64_t next_us;
    uint64_t sum;
    uint32_t samples;
    uint32_t most;
};

static void sample(struct concurrency *concurrency, uint64_t time_us, uint64_t until_us, uint32_t flows)
{
    concurrency->most = concurrency->most > flows ? concurrency->most : flows;
    for (; concurrency->next_us <= time_us && concurrency->next_us < until_us; concurrency->next_us += SAMPLE_EVERY_US) {
        concurrency->sum += flows;
        concurrency->samples++;
    }
}

static void run(struct capture *capture, struct flow *flows, uint32_t count, struct random *random, struct concurrency *concurrency)
{
    struct heap heap = {calloc(count, sizeof *heap.at), 0};
    uint32_t begun = 0;
    if (heap.at == NULL) {
        fprintf(stderr, "no memory for %u flows\n", count);
        exit(1);
    }
    uint64_t last_us = flows[count - 1].time_us;
    concurrency->next_us = BEGIN_US;
    while (heap.count > 0 || begun < count) {
        while (begun < count && (heap.count == 0 || flows[begun].time_us <= heap.at[0]->time_us)) {
            begin(&flows[begun], random);
            push(&heap, &flows[begun++]);
        }
        sample(concurrency, heap.at[0]->time_us, last_us, heap.count);
        if (!step(capture, heap.at[0]))
            finish_first(&heap);
        if (heap.count > 0)
            sink(&heap, 0);
    }
    free(heap.at);
}

static uint64_t parse(const char *text, uint64_t least, uint64_t most, const char *what)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno != 0 || *end != '\0' || end == text || value < least || value > most) {
        fprintf(stderr, "%s must be a number from %llu to %llu, not \"%s\"\n", what, (unsigned long long)least, (unsigned long long)most, text);
        exit(2);
    }
    return value;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: capture FLOWS BYTES SEED FILE\n");
        return 2;
    }
    uint32_t count = (uint32_t)parse(argv[1], 1000, MAXIMUM_FLOWS, "FLOWS");
    uint64_t bytes = parse(argv[2], 0, UINT64_MAX / 4096, "BYTES");
    struct random random = {parse(argv[3], 0, UINT64_MAX, "SEED")};
    FILE *file = fopen(argv[4], "wb");
    if (file == NULL) {
        perror(argv[4]);
        return 1;
    }

    struct capture capture;
    struct concurrency concurrency = {0};
    for (uint32_t i = 0; i < sizeof noise; i++)
        noise[i] = (uint8_t)(random_next(&random) >> 56);
    capture_begin(&capture, file);
    struct flow *flows = plan(count, bytes, &random);
    run(&capture, flows, count, &random, &concurrency);
    if (fclose(file) != 0) {
        perror(argv[4]);
        return 1;
    }

    uint32_t of_kind[KINDS] = {0};
    for (uint32_t i = 0; i < count; i++)
        of_kind[flows[i].kind]++;
    for (int kind = 0; kind < KINDS; kind++)
        printf("%s %u\n", KIND[kind].name, of_kind[kind]);
    printf("flows %u\npackets %llu\nbytes %llu\nseconds %llu\nconcurrent-mean %llu\nconcurrent-most %u\n", count, (unsigned long long)capture.packets, (unsigned long long)capture.bytes,
        (unsigned long long)((capture.last_us - capture.first_us) / SECOND_US), (unsigned long long)(concurrency.samples == 0 ? 0 : concurrency.sum / concurrency.samples), concurrency.most);
    free(flows);
    return 0;
}
