using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Watching;

public sealed class EffortControlTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Each_drop_leaves_one_thing_more_out_and_a_good_while_brings_one_back()
    {
        var control = new EffortControl();
        Assert.Equal(ObserverEffort.Full, control.Note(0, TimeSpan.Zero, Start));
        Assert.Equal(ObserverEffort.WithoutNames, control.Note(5, TimeSpan.Zero, Start.AddSeconds(1)));
        Assert.Equal(ObserverEffort.WithoutNames, control.Note(9, TimeSpan.Zero, Start.AddSeconds(1.5)));
        Assert.Equal(ObserverEffort.Counting, control.Note(12, TimeSpan.Zero, Start.AddSeconds(2)));
        Assert.Equal(ObserverEffort.Counting, control.Note(13, TimeSpan.Zero, Start.AddSeconds(9)));
        Assert.Equal(ObserverEffort.Counting, control.Note(13, TimeSpan.Zero, Start.AddSeconds(18.9)));
        Assert.Equal(ObserverEffort.WithoutNames, control.Note(13, TimeSpan.Zero, Start.AddSeconds(19)));
        Assert.Equal(ObserverEffort.WithoutNames, control.Note(13, TimeSpan.Zero, Start.AddSeconds(28.9)));
        Assert.Equal(ObserverEffort.Full, control.Note(13, TimeSpan.Zero, Start.AddSeconds(29)));
    }

    [Fact]
    public void Packets_that_are_read_late_are_a_strain_too_and_unknown_drops_are_none()
    {
        var control = new EffortControl();
        Assert.Equal(ObserverEffort.Full, control.Note(null, EffortControl.LongestLag, Start));
        Assert.Equal(ObserverEffort.WithoutNames,
            control.Note(null, EffortControl.LongestLag + TimeSpan.FromMilliseconds(1), Start));
    }
}
