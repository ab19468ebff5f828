using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class TransportPortsTests
{
    private const string Vector = "C001 0050 00";

    [Fact]
    public void A_vector_reads_as_written()
    {
        Assert.True(TransportPorts.TryParse(Hex.Bytes(Vector), out var ports, out _));
        Assert.Equal((49153, 80), (ports.Source, ports.Destination));
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, TransportPorts.HeaderLength, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (TransportPorts.TryParse(bytes, out var ports, out var error))
            _ = ports.Source + ports.Destination;
        return error;
    }
}
