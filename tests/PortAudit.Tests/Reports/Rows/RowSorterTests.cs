using System.Globalization;
using System.Text;
using PortAudit.Reports.Rows;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Reports.Rows;

public sealed class RowSorterTests
{
    private const long Little = 2_000;

    [Theory]
    [InlineData(RowSorter.DefaultMemoryBytes, 0)]
    [InlineData(Little, 2)]
    public void Rows_come_out_sorted_whether_memory_holds_them_or_not(long memoryBytes, int leastRuns)
    {
        var rows = Rows(500).ToList();
        using var sorter = new RowSorter(memoryBytes);
        foreach (var (key, text) in rows)
            sorter.Add(key, Encoding.UTF8.GetBytes(text));

        Assert.Equal(rows.OrderBy(row => row.Key).Select(row => row.Text), Out(sorter));
        Assert.InRange(sorter.Runs, leastRuns, leastRuns * 500);
    }

    [Theory]
    [InlineData(RowSorter.DefaultMemoryBytes)]
    [InlineData(Little)]
    public void Rows_of_one_key_stay_in_the_order_in_which_they_came(long memoryBytes)
    {
        using var sorter = new RowSorter(memoryBytes);
        string[] texts = [.. Enumerable.Range(0, 300).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        foreach (var text in texts)
            sorter.Add(new RowKey(7, 7), Encoding.UTF8.GetBytes(text));

        Assert.Equal(texts, Out(sorter));
    }

    [Fact]
    public void Rows_longer_than_every_buffer_come_out_whole()
    {
        string[] texts = [new('a', 3_000_000), "", new('b', 70_000), new('c', 1_500_000)];
        using var sorter = new RowSorter(Little);
        foreach (var (number, text) in texts.Index())
            sorter.Add(new RowKey(-number, 0), Encoding.UTF8.GetBytes(text));

        Assert.Equal(texts.Reverse(), Out(sorter));
        Assert.True(sorter.Runs > 1);
    }

    [Fact]
    public void Nothing_comes_of_no_rows()
    {
        using var sorter = new RowSorter();
        Assert.Empty(Out(sorter));
    }

    [Fact]
    public void The_temporary_file_leaves_nothing_behind()
    {
        using var directory = new TemporaryDirectory();
        using (var sorter = new RowSorter(Little, directory.Path))
        {
            foreach (var (key, text) in Rows(200))
                sorter.Add(key, Encoding.UTF8.GetBytes(text));
            Assert.True(sorter.Runs > 1);
            if (!OperatingSystem.IsWindows())
                Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
        }

        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public void A_directory_that_takes_no_file_is_named_with_what_to_do()
    {
        using var sorter = new RowSorter(Little, "/nowhere/at/all");
        var failure = Assert.Throws<SpillException>(() =>
        {
            foreach (var (key, text) in Rows(200))
                sorter.Add(key, Encoding.UTF8.GetBytes(text));
        });

        Assert.StartsWith("/nowhere/at/all: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("TMPDIR", failure.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(RowKey Key, string Text)> Rows(int count)
    {
        var random = new Random(11);
        for (var number = 0; number < count; number++)
            yield return (new RowKey(random.Next(-50, 50), ((ulong)random.Next() << 40) | (uint)number),
                new string((char)('a' + (number % 26)), random.Next(90)) + number);
    }

    private static List<string> Out(RowSorter sorter)
    {
        var texts = new List<string>();
        sorter.ForEach(row => texts.Add(Encoding.UTF8.GetString(row)));
        return texts;
    }
}
