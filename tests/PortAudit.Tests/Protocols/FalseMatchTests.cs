using System.Globalization;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols;

/// <summary>
/// How often recognisers claim what is not theirs. Few payloads are made in the suite; <c>tools/false-matches</c> makes
/// many more, and prints what each recogniser claimed.
/// </summary>
public sealed class FalseMatchTests
{
    private const int Seed = 20261122;
    private const int RandomPayloads = 60_000;
    private const int MutatedPayloads = 20_000;

    /// <summary>Conversations that one observer is shown: they stay in its table to the end.</summary>
    private const int ConversationsAtOnce = 2_000;
    private const int MaximumChanges = 6;

    /// <summary>Ethernet, IPv4, UDP, and the header of a message of DNS.</summary>
    private const int DnsHeaderSnapLength = 14 + 20 + 8 + 12;

    /// <summary>Payloads of which one may be claimed by one recogniser. Below it, one is let pass.</summary>
    private const long PayloadsPerRandomMatch = 100_000;

    /// <summary>A changed message may be a good one of another protocol of near form.</summary>
    private const long PayloadsPerMutatedMatch = 10_000;

    /// <summary>Number of payloads of each test, when it is not the suite's.</summary>
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("PORTAUDIT_FALSE_MATCH_PAYLOADS");

    /// <summary>File that the counts are added to.</summary>
    private static readonly string? Report = Environment.GetEnvironmentVariable("PORTAUDIT_FALSE_MATCH_REPORT");

    [Fact]
    public void Conversations_of_nobody_are_claimed_by_hardly_anybody()
    {
        var random = new RandomConversation(Seed);
        var matches = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var wanted = Count(RandomPayloads);
        while (random.Payloads < wanted)
        {
            var traffic = new ObservedTraffic();
            for (var i = 0; i < ConversationsAtOnce; i++)
                random.Show(traffic);
            foreach (var flow in traffic.Flows().Where(flow => flow.ProtocolBasis == IdentificationBasis.Payload))
                Add(matches, $"{flow.Transport} {flow.Protocol}");
        }

        Write("random", random.Payloads, matches);
        Assert.All(matches, match => Assert.True(match.Value <= Math.Max(1, random.Payloads / PayloadsPerRandomMatch),
            $"{match.Key}: {match.Value} of {random.Payloads}"));
    }

    [Fact]
    public void Datagrams_of_which_twelve_bytes_are_left_are_hardly_ever_dns()
    {
        var random = new RandomConversation(Seed, DnsHeaderSnapLength);
        var named = 0;
        var wanted = Count(RandomPayloads);
        while (random.Payloads < wanted)
        {
            var traffic = new ObservedTraffic();
            for (var i = 0; i < ConversationsAtOnce; i++)
                random.Show(traffic);
            named += traffic.Flows().Count(flow => flow.Protocol == "dns");
        }

        Write("cut", random.Payloads, new SortedDictionary<string, long> { ["udp dns"] = named });
        Assert.InRange(named, 0, Math.Max(1, random.Payloads / PayloadsPerRandomMatch));
    }

    [Fact]
    public void Pings_are_tunnels_hardly_ever_whatever_they_hold()
    {
        var random = new RandomConversation(Seed);
        var tunnels = 0;
        var wanted = Count(RandomPayloads);
        while (random.Payloads < wanted)
        {
            var traffic = new ObservedTraffic();
            for (var i = 0; i < ConversationsAtOnce; i++)
                random.ShowEchoes(traffic);
            tunnels += traffic.Flows().Count(flow => flow.Service is not null);
        }

        Write("echoed", random.Payloads, new SortedDictionary<string, long> { ["icmp tunnel"] = tunnels });
        Assert.InRange(tunnels, 0, Math.Max(1, random.Payloads / PayloadsPerRandomMatch));
    }

    [Fact]
    public void Changed_messages_are_claimed_by_hardly_any_other_protocol()
    {
        var random = new Random(Seed);
        var vectors = RecogniserVector.All.Where(vector => vector.Protocol is not null).ToArray();
        var matches = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var wanted = Wanted is null ? MutatedPayloads : Count(MutatedPayloads) / 10;
        for (var made = 0L; made < wanted; made++)
        {
            var vector = vectors[random.Next(vectors.Length)];
            var (originator, responder) = (Change(vector.FromOriginator, random), Change(vector.FromResponder, random));
            foreach (var claim in vector.Claims(originator, responder).Where(claim => !AreKin(claim, vector)))
                Add(matches, $"{vector.Transport} {claim} of {vector.Protocol}");
        }

        Write("mutated", wanted, matches);
        Assert.All(matches, match => Assert.True(match.Value <= Math.Max(2, wanted / PayloadsPerMutatedMatch),
            $"{match.Key}: {match.Value} of {wanted}"));
    }

    private static long Count(int ofSuite) =>
        Wanted is null ? ofSuite : long.Parse(Wanted, CultureInfo.InvariantCulture);

    /// <summary>
    /// Recognisers of one folder share their messages: a changed number makes one program of RPC another. Microsoft's
    /// TURN over TCP puts on a handshake of TLS, which stays one when the mark behind it is changed. A stream of framed
    /// RTP has checks of ICE in it (RFC 4571, RFC 6544), which stay when a packet beside them is changed.
    /// </summary>
    private static bool AreKin(string claim, RecogniserVector vector) =>
        FolderOf(claim) == FolderOf(vector.Protocol!) || (claim, vector.Protocol) is ("tls", "msturn")
        || ((claim, vector.Protocol) is ("stun", "rtp") && vector.Transport == IpProtocol.Tcp);

    private static string? FolderOf(string name)
    {
        var row = ProtocolRegistry.Find(name)!;
        return (row.OverTcp ?? row.OverUdp ?? row.OverIcmp)!.GetType().Namespace;
    }

    private static byte[] Change(byte[] bytes, Random random)
    {
        var changed = bytes.ToArray();
        for (var i = random.Next(1, MaximumChanges + 1); i > 0 && changed.Length > 0; i--)
        {
            var at = random.Next(random.Next(2) == 0 ? Math.Min(changed.Length, 32) : changed.Length);
            changed = random.Next(8) switch
            {
                0 => changed[..at],
                1 => [.. changed[..at], (byte)random.Next(256), .. changed[at..]],
                2 => [.. changed[..at], .. changed[(at + 1)..]],
                3 => [.. changed[at..], .. changed[..at]],
                _ => [.. changed[..at], (byte)random.Next(256), .. changed[(at + 1)..]],
            };
        }

        return changed;
    }

    private static void Add(SortedDictionary<string, long> matches, string key) =>
        matches[key] = matches.GetValueOrDefault(key) + 1;

    private static void Write(string kind, long payloads, SortedDictionary<string, long> matches)
    {
        if (Report is null)
            return;
        var lines = matches.Where(match => match.Value > 0).Select(match => $"{kind} {match.Key} {match.Value}")
            .Prepend($"{kind} payloads {payloads}, claimed {matches.Values.Sum()}");
        File.AppendAllLines(Report, lines);
    }
}
