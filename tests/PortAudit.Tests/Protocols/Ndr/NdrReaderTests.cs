using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Tests.Protocols.Ndr;

public sealed class NdrReaderTests
{
    [Fact]
    public void Numbers_are_aligned_to_their_length_from_the_start_of_the_stub()
    {
        var reader = new NdrReader(Hex.Bytes("01 00 0203 04050607 0809 0000 00000000 0102030405060708 aa"),
            new NdrSyntax(IsLittleEndian: false, Is64: false));

        Assert.Equal(1, reader.Bytes(1)[0]);
        Assert.Equal(0x0203, reader.UInt16());
        Assert.Equal(0x04050607u, reader.Count());
        Assert.Equal(0x0809, reader.UInt16());
        Assert.Equal(0x0102030405060708ul, reader.UInt64());
        Assert.Equal(1, reader.Rest.Length);
        Assert.False(reader.HasFailed);
    }

    [Fact]
    public void Counts_and_pointers_of_ndr64_have_64_bits()
    {
        var reader = new NdrReader(Hex.Bytes("05000000 00000000 0000000000000080 0000000000000000"),
            new NdrSyntax(IsLittleEndian: true, Is64: true));

        Assert.Equal(5u, reader.UInt32());
        Assert.True(reader.Pointer());
        Assert.False(reader.Pointer());
    }

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 4)]
    public void A_structure_with_a_pointer_begins_at_its_alignment(bool is64, int rest)
    {
        var reader = new NdrReader(new byte[12], new NdrSyntax(IsLittleEndian: true, is64));
        reader.Bytes(is64 ? 5ul : 2ul);
        reader.AlignPointer();

        Assert.Equal(rest, reader.Rest.Length);
    }

    [Fact]
    public void What_is_not_there_reads_as_zeros_and_stays_failed()
    {
        var reader = new NdrReader(Hex.Bytes("ffffff"), new NdrSyntax(IsLittleEndian: true, Is64: true));

        Assert.Equal(0u, reader.UInt32());
        Assert.True(reader.HasFailed);
        Assert.Equal((0, 0, 0), (reader.UInt16(), reader.Bytes(1).Length, reader.Rest.Length));
        Assert.Equal(0, reader.Bytes(ulong.MaxValue).Length);
    }
}
