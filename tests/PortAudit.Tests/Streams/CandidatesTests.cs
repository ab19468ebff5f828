using PortAudit.Traffic.Streams;

namespace PortAudit.Tests.Streams;

/// <summary>The set of places: both of its words, and their borders.</summary>
public sealed class CandidatesTests
{
    [Fact]
    public void Places_are_taken_from_the_lowest_to_the_highest()
    {
        var candidates = Candidates.All(Candidates.MaximumPlaces);
        for (var place = 0; place < Candidates.MaximumPlaces; place++)
        {
            Assert.Equal(place, candidates.First);
            Assert.True(candidates.Has(place));
            candidates = candidates.Without(place);
            Assert.False(candidates.Has(place));
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
        for (var place = 0; place < Candidates.MaximumPlaces; place++)
        {
            Assert.Equal(place == only, candidates.Has(place));
            Assert.Equal(place == only, candidates.Without(place).IsEmpty);
        }
    }
}
