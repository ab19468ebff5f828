using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Dcom;
using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Tests.Protocols.Dcom;

public sealed class DualStringArrayTests
{
    /// <summary>DC1[49670] and 10.0.0.2[135] over TCP, a pipe of DC1, and a security binding.</summary>
    private const string LittleEndian =
        "2e0000002e002a0007004400430031005b00340039003600370030005d0000000700310030002e0030002e0030002e0032005b003100330035005d0000000f004400430031005b005c0070006900700065005c0061005d00000000000a00ffff00000000";
    private const string BigEndian = "0000000e000e000a00070041005b0031003000320035005d00000000000affff00000000";

    [Fact]
    public void String_bindings_are_read_and_security_bindings_left_out()
    {
        Assert.Equal(["7 - 49670", "7 10.0.0.2 135", "15 - 0"], Read(Hex.Bytes(LittleEndian), isLittleEndian: true));
        Assert.Equal(["7 - 1025"], Read(Hex.Bytes(BigEndian), isLittleEndian: false));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Counts_that_do_not_agree_are_no_array(int at)
    {
        var bytes = Hex.Bytes(LittleEndian);
        bytes[at]--;

        Assert.Empty(Read(bytes, isLittleEndian: true));
    }

    [Fact]
    public void Security_bindings_beyond_the_array_are_none()
    {
        var bytes = Hex.Bytes(LittleEndian);
        bytes[6] = 0xFF;

        Assert.Empty(Read(bytes, isLittleEndian: true));
    }

    [Fact]
    public void No_cut_and_no_changed_byte_breaks_it()
    {
        var random = new Random(20260901);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Hex.Bytes(LittleEndian);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Read(bytes[..random.Next(bytes.Length + 1)], isLittleEndian: true);
        }
    }

    private static List<string> Read(byte[] bytes, bool isLittleEndian)
    {
        var reader = new NdrReader(bytes, new NdrSyntax(isLittleEndian, Is64: false));
        var bindings = DualStringArray.Of(ref reader, isLittleEndian);
        var texts = new List<string>();
        while (bindings.TryRead(out var binding))
            texts.Add($"{binding.TowerId} {binding.Address?.ToString() ?? "-"} {binding.Port}");
        return texts;
    }
}
