using PortAudit.Traffic.Streams;

namespace PortAudit.Tests.Streams;

/// <summary>The set of indexes: both of its words, and their borders.</summary>
public sealed class CandidatesTests
{
    [Fact]
    public void Places_are_taken_from_the_lowest_to_the_highest()
    {
        var candidates = Candidates.All(Candidates.Maximum);
        for (var index = 0; index < Candidates.Maximum; index++)
        {
            Assert.Equal(index, candidates.First);
            Assert.True(candidates.Has(index));
            candidates = candidates.Without(index);
            Assert.False(candidates.Has(index));
        }

        Assert.True(candidates.IsEmpty);
        Assert.Equal(Candidates.None, candidates.First);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(127)]
    public void A_set_of_one_place_has_no_other(int only)
    {
        var candidates = Candidates.Only(only);
        Assert.Equal(only, candidates.First);
        for (var index = 0; index < Candidates.Maximum; index++)
        {
            Assert.Equal(index == only, candidates.Has(index));
            Assert.Equal(index == only, candidates.Without(index).IsEmpty);
        }
    }
}
