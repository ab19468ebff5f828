using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Dcom;
using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Tests.Protocols.Dcom;

public sealed class DcomAnswerTests
{
    /// <summary>An answer to RemoteCreateInstance, composed by hand from [MS-DCOM] 2.2.22, with DC1[49670].</summary>
    private const string Properties =
        "00000000000000000000020038010000380100004d454f5704000000a201000000000000c0000000000000463903000000000000c0000000000000460000000010010000000100000000000001100800cccccccc6000000000000000000100007000000000000000020000000200000000000000000000000000000000000000000002000400020000000000020000003903000000000000c000000000000046b601000000000000c00000000000004602000000280000006800000001100800cccccccc180000000000000000000000000000000000000000000000000000000000000001100800cccccccc580000000000000000000000000002008877665544332211040002000000000000000000000000000000000005000000050007001100000011000d0007004400430031005b00340039003600370030005d00000000000a00ffff00000000000000000000";
    private const string Oxid =
        "000002001100000011000d0007004400430031005b00340039003600370030005d00000000000a00ffff000000000000000000000000000000000000000000050500000000000000";
    private const string Activation =
        "00000000000000008877665544332211000002001100000011000d0007004400430031005b00340039003600370030005d00000000000a00ffff00000000000000000000000000000000000000000000050000000500070000000000";

    private static readonly NdrSyntax Ndr = new(IsLittleEndian: true, Is64: false);

    [Fact]
    public void Every_answer_has_the_bindings_of_its_exporter()
    {
        Assert.Equal(49670, PortIn(DcomAnswer.OfProperties(Hex.Bytes(Properties))));
        Assert.Equal(49670, PortIn(DcomAnswer.OfResolving(Hex.Bytes(Oxid), Ndr)));
        Assert.Equal(49670, PortIn(DcomAnswer.OfActivation(Hex.Bytes(Activation), Ndr)));
    }

    [Fact]
    public void A_reference_to_something_else_has_none()
    {
        var bytes = Hex.Bytes(Properties);
        bytes[bytes.AsSpan().IndexOf("MEOW"u8) + 24]++;

        Assert.Equal(0, PortIn(DcomAnswer.OfProperties(bytes)));
        Assert.Equal(0, PortIn(DcomAnswer.OfProperties(Hex.Bytes(Oxid))));
    }

    [Fact]
    public void No_cut_and_no_changed_byte_breaks_them()
    {
        var bytes = Hex.Bytes(Properties);
        for (var length = 0; length < bytes.Length; length++)
            PortIn(DcomAnswer.OfProperties(bytes.AsSpan(..length)));
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (byte value in new byte[] { 0, 1, 0x7F, 0x80, 0xFF })
            {
                var changed = bytes.ToArray();
                changed[at] = value;
                PortIn(DcomAnswer.OfProperties(changed));
            }
        }
    }

    private static int PortIn(DualStringArray bindings) => bindings.TryRead(out var binding) ? binding.Port : 0;
}
