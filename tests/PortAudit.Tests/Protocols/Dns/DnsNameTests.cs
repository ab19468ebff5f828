using PortAudit.Traffic.Protocols.Dns;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Dns;

/// <summary>Names on the wire: labels of every length, whose octets are looked at eight at a time.</summary>
public sealed class DnsNameTests
{
    private const int LongestLabel = 63;

    /// <summary>A type and a class, with control characters enough, and what may follow them.</summary>
    private static readonly byte[] Tail = [0, 1, 0, 1, 0, 0, 0, 0];

    [Fact]
    public void A_control_character_is_refused_at_every_place_of_a_label_of_every_length()
    {
        for (var size = 1; size <= LongestLabel; size++)
        {
            Assert.Equal((ParseError.None, Tail.Length), Skip(NameOf(size)));
            for (var at = 1; at <= size; at++)
            {
                foreach (byte control in (byte[])[0, 1, 0x1F])
                {
                    var name = NameOf(size);
                    name[at] = control;
                    Assert.Equal(ParseError.BadValue, Skip(name).Error);
                }
            }
        }
    }

    [Fact]
    public void Every_other_octet_may_stand_in_a_label()
    {
        for (var octet = 0x20; octet <= byte.MaxValue; octet++)
        {
            foreach (var size in (int[])[1, 2, 7, 8, 9, LongestLabel])
            {
                var name = NameOf(size);
                name.AsSpan(1, size).Fill((byte)octet);
                Assert.Equal((ParseError.None, Tail.Length), Skip(name));
            }
        }
    }

    [Fact]
    public void A_label_that_is_cut_is_incomplete()
    {
        for (var size = 1; size <= LongestLabel; size++)
        {
            for (var length = 0; length < size + 2; length++)
                Assert.Equal(ParseError.Incomplete, Skip(NameOf(size)[..length]).Error);
        }
    }

    [Fact]
    public void The_root_is_one_octet() => Assert.Equal((ParseError.None, Tail.Length), Skip([0, .. Tail]));

    private static byte[] NameOf(int size) => [(byte)size, .. Enumerable.Repeat((byte)'x', size), 0, .. Tail];

    private static (ParseError Error, int Left) Skip(byte[] name)
    {
        ReadOnlySpan<byte> message = [.. new byte[DnsMessage.HeaderLength], .. name];
        var rest = message[DnsMessage.HeaderLength..];
        var error = DnsName.Skip(message, ref rest);
        return (error, rest.Length);
    }
}
