using System.Text;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Protocols.Ndr;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class DceRpcBindAcknowledgementTests
{
    private const string Port135 = "05000c0310000000 3c00 0000 01000000 d016d016e5c80000 0400 31333500 0000 01000000 "
        + "00000000 045d888aeb1cc9119fe808002b104860 02000000";

    [Theory]
    [InlineData(Port135, "135")]
    [InlineData("05000c0310000000 1d00 0000 01000000 d016d016e5c80000 0300 313335", "135")]
    [InlineData("05000c0300000000 001e 0000 00000001 16d016d00000c8e5 0004 31333500", "135")]
    [InlineData("05000f0310000000 1a00 0000 01000000 d016d016e5c80000 0000", "")]
    public void The_secondary_address_is_read_with_and_without_its_nul(string hex, string expected)
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes(hex), out var pdu, out _));
        Assert.True(DceRpcBindAcknowledgement.TryParse(pdu, out var acknowledgement, out _));

        Assert.Equal(expected, Encoding.ASCII.GetString(acknowledgement.SecondaryAddress));
        Assert.Equal(0xC8E5u, acknowledgement.AssociationGroup);
    }

    [Theory]
    [InlineData("0400 31333500 0000")]
    [InlineData("0300 313335 000000")]
    [InlineData("0600 343936363700")]
    [InlineData("0000 0000")]
    public void Results_are_found_behind_any_address(string address)
    {
        var bytes = Hex.Bytes("05000c0310000000 0000 0000 01000000 d016d016e5c80000" + address + "02000000" +
            "0300 0300 00000000000000000000000000000000 00000000"
                + "0000 0000 33057171babe37498319b5dbef9ccc36 01000000");
        bytes[8] = (byte)bytes.Length;
        Assert.True(DceRpcPdu.TryParse(bytes, out var pdu, out _));
        Assert.True(DceRpcBindAcknowledgement.TryParse(pdu, out var acknowledgement, out _));

        Assert.Equal(2, acknowledgement.ResultCount);
        Assert.False(acknowledgement.Accepts(0, out _));
        Assert.True(acknowledgement.Accepts(1, out var syntax));
        Assert.Equal(NdrSyntax.Ndr64, syntax);
    }

    [Fact]
    public void Results_that_were_cut_are_none()
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes(Port135).AsSpan(..^1), out var pdu, out _));
        Assert.True(DceRpcBindAcknowledgement.TryParse(pdu, out var acknowledgement, out _));

        Assert.Equal(0, acknowledgement.ResultCount);
    }

    [Fact]
    public void An_address_beyond_the_fragment_is_refused()
    {
        Assert.True(DceRpcPdu.TryParse(Hex.Bytes("05000c0310000000 1c00 0000 01000000 d016d016e5c80000 0300 3133"),
            out var pdu, out _));

        Assert.False(DceRpcBindAcknowledgement.TryParse(pdu, out _, out var error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void It_is_a_sound_view() =>
        ViewContract.Holds(Port135, DceRpcPdu.HeaderLength + DceRpcBindAcknowledgement.HeaderLength + 4, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (DceRpcPdu.TryParse(bytes, out var pdu, out var error)
            && DceRpcBindAcknowledgement.TryParse(pdu, out var acknowledgement, out error))
        {
            _ = (acknowledgement.AssociationGroup, acknowledgement.SecondaryAddress.Length);
            for (var place = 0; place < acknowledgement.ResultCount; place++)
                acknowledgement.Accepts(place, out _);
        }

        return error;
    }
}
