using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Msmq;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Msmq;

public sealed class MsmqBaseHeaderTests
{
    private const string Vector = "10 c0 0b00 4c494f52 3c020000 ffffffff 00000200";

    [Fact]
    public void The_fields_are_read()
    {
        Assert.True(MsmqBaseHeader.TryParse(Hex.Bytes(Vector), out var header, out _));

        Assert.Equal((11, 572u), (header.Flags, header.PacketSize));
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, MsmqBaseHeader.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (MsmqBaseHeader.TryParse(bytes, out var header, out var error))
            _ = (header.Flags, header.PacketSize);
        return error;
    }
}
