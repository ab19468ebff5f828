using FsCheck;
using FsCheck.Fluent;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Tests.Audit.Policies.Model;

public sealed class IntervalSetTests
{
    private static readonly Arbitrary<(byte[] First, byte[] Second)> Pairs = (
        from first in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
        from second in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
        select (first, second)).ToArbitrary();

    [Fact]
    public void It_does_what_a_set_of_single_values_does() => Prop.ForAll(Pairs, pair =>
    {
        var (first, second) = (SetOf(pair.First), SetOf(pair.Second));
        var (one, two) = (pair.First.ToHashSet(), pair.Second.ToHashSet());
        return Holds(first.Union(second), value => one.Contains(value) || two.Contains(value))
            && Holds(first.Intersect(second), value => one.Contains(value) && two.Contains(value))
            && Holds(first.Except(second), value => one.Contains(value) && !two.Contains(value))
            && Holds(first.Complement(), value => !one.Contains(value))
            && first.Overlaps(second) == one.Overlaps(two)
            && first.IsSubsetOf(second) == one.IsSubsetOf(two)
            && first.Equals(second) == one.SetEquals(two);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ranges_are_ascending_and_do_not_touch() => Prop.ForAll(Pairs, pair =>
    {
        var ranges = SetOf(pair.First).Union(SetOf(pair.Second)).Ranges;
        return ranges.Zip(ranges.Skip(1), (before, after) => before.Last + 1 < after.First).All(isApart => isApart);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_whole_range_of_a_type_has_no_complement()
    {
        Assert.True(IntervalSet.All<ushort>().Complement().IsEmpty);
        Assert.True(IntervalSet.Empty<ushort>().Complement().IsAll);
        Assert.True(IntervalSet.Of<ushort>(0, 79).Union(IntervalSet.Of<ushort>(80, ushort.MaxValue)).IsAll);
    }

    [Fact]
    public void A_range_that_ends_before_it_begins_is_empty() => Assert.True(IntervalSet.Of<ushort>(81, 80).IsEmpty);

    private static IntervalSet<byte> SetOf(byte[] values) =>
        IntervalSet.Of(values.Select(value => new Interval<byte>(value, value)));

    private static bool Holds(IntervalSet<byte> set, Func<byte, bool> isMember) =>
        Enumerable.Range(0, 256).All(value => set.Contains((byte)value) == isMember((byte)value));
}
