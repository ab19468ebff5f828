using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Tests.Protocols.Contract;

public sealed class AnnouncementNotesTests
{
    [Fact]
    public void What_is_hidden_in_part_goes_on_being_shown()
    {
        var notes = new AnnouncementNotes();
        notes.HideSome();
        notes.Miss();

        Assert.Equal((true, false, 1), (notes.IsHidden, notes.IsOver, notes.NotTaken));
        notes.Clear();
        Assert.Equal((false, false, 0), (notes.IsHidden, notes.IsOver, notes.NotTaken));
    }
}
