using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Tests.Protocols.Asn1;

public sealed class PerReaderTests
{
    [Fact]
    public void Bits_are_read_from_the_most_significant_and_octets_from_the_next_whole_one()
    {
        var reader = new PerReader([0b1010_0000, 0x12, 0x34, 0x56]);

        Assert.True(reader.ReadBit());
        Assert.Equal(0b010, reader.ReadBits(3));
        Assert.Equal(0x1234, reader.ReadUInt16());
        Assert.Equal(0x56, reader.ReadByte());
        Assert.False(reader.IsBroken);
    }

    [Theory]
    [InlineData("05", 5)]
    [InlineData("7f", 127)]
    [InlineData("8080", 128)]
    [InlineData("bfff", 16383)]
    public void A_length_has_one_or_two_octets(string bytes, int length)
    {
        var reader = new PerReader(Convert.FromHexString(bytes));

        Assert.Equal(length, reader.ReadLength());
        Assert.False(reader.IsBroken);
    }

    [Fact]
    public void A_length_in_fragments_breaks_the_reader()
    {
        var reader = new PerReader([0xC1, 0x00]);

        reader.ReadLength();
        Assert.True(reader.IsBroken);
    }

    [Fact]
    public void A_value_beyond_the_end_breaks_the_reader_for_good()
    {
        var reader = new PerReader([0x03, 0x01, 0x02]);

        Assert.True(reader.ReadOpenType().IsEmpty);
        Assert.True(reader.IsBroken);
        Assert.Equal(0, reader.ReadBits(8));
        Assert.Equal(0, reader.ReadByte());
    }

    [Fact]
    public void Additions_are_told_by_their_places_and_passed_over()
    {
        // Three places, of which the first and the third are there, with one octet and two.
        var reader = new PerReader([0b0000_0101, 0b0100_0000, 0x01, 0xAA, 0x02, 0xBB, 0xCC, 0x77]);
        reader.SkipAdditions();

        Assert.False(reader.IsBroken);
        Assert.Equal(0x77, reader.ReadByte());
    }
}
