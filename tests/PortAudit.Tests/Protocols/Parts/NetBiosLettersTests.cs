using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Tests.Protocols.Parts;

public sealed class NetBiosLettersTests
{
    [Theory]
    [InlineData(32, 4, true)]
    [InlineData(32, 5, false)]
    [InlineData(31, 3, true)]
    [InlineData(31, 4, false)]
    [InlineData(28, 0, true)]
    [InlineData(28, 1, false)]
    [InlineData(27, 0, false)]
    public void Four_letters_may_be_damaged_or_missing_wherever_they_stand(int length, int damaged, bool isName)
    {
        var random = new Random(length * 100 + damaged);
        for (var i = 0; i < 1000; i++)
        {
            var places = Enumerable.Range(1, length).ToArray();
            random.Shuffle(places);
            if (i % 2 == 0)
                Array.Sort(places);
            var bytes = Enumerable.Range(0, length + 1).Select(_ => (byte)random.Next('A', 'P' + 1)).ToArray();
            foreach (var place in places[..damaged])
                bytes[place] = Other(random);
            Assert.Equal(isName, NetBiosLetters.FillLabelOf(bytes));
        }
    }

    [Fact]
    public void No_name_of_a_host_is_one()
    {
        Assert.False(NetBiosLetters.FillLabelOf(" an-encoded-name.of.32-characters"u8));
        Assert.False(NetBiosLetters.FillLabelOf([]));
        Assert.False(NetBiosLetters.FillLabelOf([32]));
    }

    /// <summary>A byte that is no such letter.</summary>
    private static byte Other(Random random)
    {
        var value = (byte)random.Next(256);
        return value is >= (byte)'A' and <= (byte)'P' ? (byte)'z' : value;
    }
}
