using PortAudit.Audit;
using PortAudit.Audit.Saving;
using PortAudit.Audit.Wording;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.Audit.Saving;

/// <summary>The state of an audit on the disk.</summary>
public sealed class StateDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly AuditBench _bench = UnionTests.Bench();

    private string Path => _directory["state"];

    private string State => System.IO.Path.Combine(Path, StateDirectory.FileName);

    [Fact]
    public void What_was_saved_last_is_taken_up()
    {
        var auditor = _bench.NewAuditor();
        using (var directory = Open())
        {
            Assert.Equal((null, $"{State}: no saved audit; a new one begins"), Load(directory));
            Save(directory, auditor);
            foreach (var flow in UnionTests.Flows)
                auditor.Add(flow);
            var message = Save(directory, auditor);
            Assert.Equal($"{State}: saved the audit ({Quantity.Of(new FileInfo(State).Length, "byte")})", message);
        }

        using var later = Open();
        var (saved, words) = Load(later);
        Assert.Equal($"{State}: continuing an audit of 2 captures, saved by version 1.2.3", words);
        Assert.Equal(UnionTests.Text(_bench, UnionTests.Flows), UnionTests.Text(_bench, saved!.Auditor));
        Assert.Equal(["audit.lock", "audit.state"], Names());
    }

    [Fact]
    public void A_second_program_is_told_until_the_first_has_gone()
    {
        using (Open())
        {
            Assert.False(StateDirectory.TryOpen(Path, out var second, out var problem));
            Assert.Null(second);
            Assert.StartsWith($"{Path}: another program saves its audit there, or it cannot be written: ", problem,
                StringComparison.Ordinal);
        }

        using var next = Open();
    }

    [Fact]
    public void A_damaged_state_is_kept_under_another_name_and_never_overwritten()
    {
        Directory.CreateDirectory(Path);
        for (var run = 1; run <= 3; run++)
        {
            File.WriteAllText(State, $"damage {run}");
            File.SetLastWriteTimeUtc(State, new DateTime(2026, 5, 1, 10, 12, 3, DateTimeKind.Utc));
            using var directory = Open();
            var (saved, message) = Load(directory);
            Assert.Null(saved);
            Assert.Equal(
                $"{State}: it is not a saved audit; it is kept as audit.state.damaged-20260501T101203Z"
                    + $"{(run == 1 ? "" : $"-{run}")}, and a new audit begins",
                message);
            Save(directory, _bench.NewAuditor());
        }

        Assert.Equal(["damage 1", "damage 2", "damage 3"],
            Directory.GetFiles(Path, "*damaged*").Order(StringComparer.Ordinal).Select(File.ReadAllText));
    }

    [Fact]
    public void A_state_of_another_site_is_kept_as_well()
    {
        using var directory = Open();
        Save(directory, _bench.NewAuditor());
        _bench.Site = _bench.Site with { Sha256 = "22" };
        Assert.Contains("it belongs to another site, or to this one before the site file changed; it is kept as "
            + "audit.state.unsuitable-", Load(directory).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(State));
    }

    [Fact]
    public void What_was_left_half_written_is_removed_and_the_state_before_holds()
    {
        using (var directory = Open())
            Save(directory, _bench.NewAuditor());
        File.WriteAllText(State + ".partial", "PortAudit st");

        using var later = Open();
        Assert.NotNull(Load(later).Saved);
        Assert.Equal(["audit.lock", "audit.state"], Names());
    }

    [Fact]
    public void A_state_that_cannot_be_written_is_told_and_the_one_before_holds()
    {
        using var directory = Open();
        Save(directory, _bench.NewAuditor());
        Directory.CreateDirectory(State + ".partial");

        Assert.False(directory.TrySave(_bench.NewAuditor(), _bench.Observation, "1.2.3", out var message));
        Assert.StartsWith($"{State}: the audit cannot be saved: ", message, StringComparison.Ordinal);
        Assert.NotNull(Load(directory).Saved);
    }

    [Fact]
    public void A_file_in_the_place_of_the_directory_is_told()
    {
        File.WriteAllText(Path, "");

        Assert.False(StateDirectory.TryOpen(Path, out _, out var problem));
        Assert.StartsWith(Path, problem, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private StateDirectory Open()
    {
        Assert.True(StateDirectory.TryOpen(Path, out var directory, out var problem), problem);
        return directory;
    }

    private (SavedAudit? Saved, string Message) Load(StateDirectory directory)
    {
        Assert.True(
            directory.TryLoad(_bench.Catalogs, _bench.Site, false, [], out var saved, out var message), message);
        return (saved, message);
    }

    private string Save(StateDirectory directory, Auditor auditor)
    {
        Assert.True(directory.TrySave(auditor, _bench.Observation, "1.2.3", out var message), message);
        return message;
    }

    private IEnumerable<string> Names() =>
        Directory.GetFiles(Path).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
