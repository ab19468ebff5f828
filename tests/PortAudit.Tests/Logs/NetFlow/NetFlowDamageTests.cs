using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.NetFlow;
using static PortAudit.Tests.Logs.NetFlow.ExportBytes;

namespace PortAudit.Tests.Logs.NetFlow;

/// <summary>No bytes make the reading fail, and what stands around damage is read.</summary>
public sealed class NetFlowDamageTests
{
    private static readonly byte[] UsualTemplate = Set(0, Template(256, Usual));
    private static readonly byte[] Request = Record(1, 50000, 2, 80, 0x1B, 6, 700);
    private static readonly byte[] Good = Version9(7, UsualTemplate, Set(256, Request));

    public static TheoryData<byte[], string> Damages => new()
    {
        { Version9(7, Set(0, [.. Short(257), 0, 0, 0, 1, 0, 4])), "has a template 257 with 0 fields" },
        { Version9(7, Set(0, Template(200, (8, 4)))), "has a template with the identifier 200, below 256" },
        { Version9(7, Set(0, Template(257, (8, 0)))), "has a template 257 whose records are empty" },
        { Version9(7, Set(0, [.. Short(257), .. Short(60), 0, 8, 0, 4])), "has a template 257 that is cut" },
        { Version9(7, [1, 0, 0, 3, 0, 0, 0, 0]), "has a set of a length below 4" },
        { Version9(7, [0, 77, 0, 8, 0, 0, 0, 0]), "has a set whose identifier is neither templates nor data" },
        { Version9(7, Set(256, Request, [1, 2, 3, 4, 5, 6, 7, 8])), "has 8 bytes behind the records of template 256" },
        { Ipfix(7, Set(2, Template(256, (8, 65535))), Set(256, [200, 1, 2, 3])), "has 4 bytes behind the records of" },
        { Ipfix(7, [1, 0, 0, 90, 0, 0, 0, 0]), "has a set that is longer than the datagram" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_named_and_what_stands_around_it_is_read(byte[] damaged, string reason)
    {
        var (flows, observation) = Read(Good, damaged, Good);

        Assert.Equal("192.0.2.1", Assert.Single(flows).Originator.Address.ToString());
        Assert.Contains($"datagram 2 {reason}", Said(observation), StringComparison.Ordinal);
        Assert.Equal(CaptureEndKind.Complete, observation.Captures[0].End.Kind);
    }

    [Fact]
    public void Zeros_behind_datagrams_are_no_damage()
    {
        var (flows, observation) = Read(Good, new byte[1000], Good, new byte[7]);

        Assert.Single(flows);
        Assert.True(observation.Captures[0].IsWhole);
    }

    [Fact]
    public void A_cut_file_keeps_its_whole_records()
    {
        var bytes = Version5(0, Fixed(1, 50000, 2, 80, 2, 1, 60), Fixed(3, 50000, 2, 80, 2, 1, 60));

        var (flows, observation) = ReadFiles(bytes[..^1]);

        Assert.Single(flows);
        Assert.Equal((CaptureEndKind.Cut, "datagram 1, the last one, is cut"),
            (observation.Captures[0].End.Kind, observation.Captures[0].End.Reason));
    }

    [Theory]
    [InlineData("\0\u0005 and then some text that goes on for long enough to be a header")]
    [InlineData("\0\t and then some text that goes on for long enough to be a header")]
    [InlineData("\0\n and then some text that goes on for long enough to be a header, and is followed by much more")]
    [InlineData("\0\u0001\0\0\0\u0010\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void Text_that_begins_like_a_version_is_no_log(string text)
    {
        var bytes = string.Concat(Enumerable.Repeat(text, 1000)).Select(letter => (byte)letter).ToArray();

        Assert.Null(NetFlowStart.TryRecognise(bytes));
    }

    [Fact]
    public void Every_prefix_and_every_changed_byte_is_read_without_failure()
    {
        byte[] all =
        [
            .. Good, .. Version5(0, Fixed(1, 50000, 2, 80, 2, 1, 60)),
            .. Ipfix(3, Set(2, Template(256, (82, 65535), (8, 4), (12, 4), (4, 1), (Enterprise(29305, 1), 4))),
                Set(256, [1, 9, .. new byte[13]])),
        ];
        for (var length = 0; length < all.Length; length++)
            ReadFiles(all[..length]);
        var random = new Random(1);
        for (var at = 0; at < all.Length; at++)
        {
            var changed = all.ToArray();
            changed[at] ^= (byte)random.Next(1, 256);
            ReadFiles(changed);
        }
    }

    [Fact]
    public void Templates_and_domains_beyond_the_limits_are_counted()
    {
        var (_, observation) = Read([.. Enumerable.Range(0, DomainTable.MaximumDomains + 5)
            .Select(domain => Version9((uint)domain, Set(0, Template(256, (8, 4)))))]);

        Assert.Contains("templates not kept, whose data was not read: 5", Said(observation), StringComparison.Ordinal);
    }
}
