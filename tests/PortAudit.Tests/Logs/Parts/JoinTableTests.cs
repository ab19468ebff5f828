using PortAudit.Traffic.Logs.Parts;

namespace PortAudit.Tests.Logs.Parts;

/// <summary>What is kept while further records may come.</summary>
public sealed class JoinTableTests
{
    private readonly List<string> _closed = [];

    [Fact]
    public void The_one_without_a_record_for_longest_makes_room()
    {
        var table = Table(maximum: 2);
        var first = Begin(table, 1, "first");
        Begin(table, 2, "second");
        table.Touch(first);
        Begin(table, 3, "third");

        Assert.Equal(["second"], _closed);
        Assert.Equal((1, "first"), (table.ClosedEarly, table.Oldest!.Name));
    }

    [Fact]
    public void Of_a_key_the_one_that_began_first_makes_room()
    {
        var table = Table(maximumOfKey: 2);
        Begin(table, 1, "first");
        Begin(table, 1, "second");
        Begin(table, 1, "third");

        Assert.Equal(["first"], _closed);
        Assert.True(table.TryFind(1, out var newest));
        Assert.Equal(("third", "second", null), (newest.Name, newest.Earlier!.Name, newest.Earlier.Earlier));
        Assert.Equal(0, table.ClosedEarly);
    }

    [Theory]
    [InlineData("first", "third second")]
    [InlineData("second", "third first")]
    [InlineData("third", "second first")]
    public void Any_of_a_key_can_be_closed(string name, string left)
    {
        var table = Table(maximumOfKey: 3);
        Entry[] all = [Begin(table, 1, "first"), Begin(table, 1, "second"), Begin(table, 1, "third")];
        table.Close(all.Single(each => each.Name == name));

        var names = new List<string>();
        table.TryFind(1, out var entry);
        for (; entry is not null; entry = entry.Earlier)
            names.Add(entry.Name);
        Assert.Equal(left, string.Join(' ', names));
        table.Complete();
        Assert.Equal([name, .. left.Split(' ').Reverse()], _closed);
        Assert.False(table.TryFind(1, out _));
    }

    [Fact]
    public void All_are_handed_on_in_the_order_of_their_records()
    {
        var table = Table();
        var all = Enumerable.Range(0, 4).Select(number => Begin(table, number, $"{number}")).ToArray();
        table.Touch(all[0]);
        table.Touch(all[2]);
        table.Touch(all[2]);
        table.Complete();

        Assert.Equal(["1", "3", "0", "2"], _closed);
        Assert.Null(table.Oldest);
    }

    private JoinTable<int, Entry> Table(int maximum = 100, int maximumOfKey = 1) =>
        new(entry => _closed.Add(entry.Name), maximum, maximumOfKey);

    private static Entry Begin(JoinTable<int, Entry> table, int key, string name)
    {
        var entry = new Entry(key, name);
        table.Begin(entry);
        return entry;
    }

    private sealed class Entry(int key, string name) : Joined<int, Entry>
    {
        public override int Key => key;

        public string Name => name;
    }
}
