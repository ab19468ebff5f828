using PortAudit.Cli.Input;

namespace PortAudit.Tests.Cli.Input;

public sealed class CaptureArgumentsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void A_directory_stands_for_the_capture_files_that_lie_in_it()
    {
        _directory.Touch("b.pcap", "a.pcapng", "c.CAP", "ring.pcap12", "ring.pcap.3", "z.pcap.gz", "notes.txt",
            "a.pcap.md5", "site.yaml", "deeper/d.pcap");
        Assert.Equal(["a.pcapng", "b.pcap", "c.CAP", "ring.pcap.3", "ring.pcap12", "z.pcap.gz"],
            Names(_directory.Path));
    }

    [Fact]
    public void In_a_directory_a_capture_of_any_name_is_found_and_the_rest_is_told()
    {
        _directory.Touch("a.pcap", "notes.txt", "trace", "trace.snoop", "letter");
        File.WriteAllBytes(_directory["trace"], [0xD4, 0xC3, 0xB2, 0xA1]);
        File.WriteAllText(_directory["letter"], "Dear Sir or Madam");
        Assert.Equal(["a.pcap", "trace", "trace.snoop"], Names(_directory.Path));
        Assert.Equal([$"{_directory.Path}: skipped 2 of its 5 files, which are no captures"],
            CaptureArguments.Expand([_directory.Path]).PassedOver.ToArray());
    }

    [NeedsFact(Part.Unix)]
    public void A_named_pipe_is_read_where_it_is_named_itself_and_passed_over_elsewhere()
    {
        _directory.Touch("a.pcap");
        var pipe = _directory["b.pcap"];
        using (var process = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            process.WaitForExit();
        foreach (var name in new[] { _directory.Path, _directory["*.pcap"] })
        {
            Assert.Equal(["a.pcap"], Names(name));
            Assert.Equal([$"{pipe}: skipped, as it is a named pipe or a device; to read it, name it itself"],
                CaptureArguments.Expand([name]).Notes.ToArray());
        }

        Assert.Equal(["b.pcap"], Names(pipe));
    }

    [Fact]
    public void A_link_to_nothing_is_passed_over_as_such()
    {
        _directory.Touch("a.pcap");
        File.CreateSymbolicLink(_directory["link.pcap"], _directory["gone.pcap"]);
        Assert.Equal(["a.pcap"], Names(_directory.Path));
        Assert.Equal([$"{_directory["link.pcap"]}: skipped, as it is a broken link"],
            CaptureArguments.Expand([_directory.Path]).Notes.ToArray());
    }

    [Fact]
    public void A_file_that_a_link_names_again_is_read_once()
    {
        _directory.Touch("a.pcap");
        File.CreateSymbolicLink(_directory["link.pcap"], _directory["a.pcap"]);
        Assert.Equal(["a.pcap"], Names(_directory.Path));
        Assert.Equal([$"{_directory["link.pcap"]}: named more than once, read once"],
            CaptureArguments.Expand([_directory.Path]).Notes.ToArray());
    }

    [Fact]
    public void A_directory_without_captures_is_missing_input()
    {
        _directory.Touch("notes.txt");
        var arguments = CaptureArguments.Expand([_directory.Path]);
        Assert.Empty(arguments.Paths);
        Assert.StartsWith("the directory has no capture file", Assert.Single(arguments.Missing).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_the_shell_left_alone_is_expanded_in_ordinal_order()
    {
        _directory.Touch("b1.pcap", "b2.pcap", "a1.pcap", "b10.pcap");
        Assert.Equal(["b1.pcap", "b2.pcap"], Names(_directory["b?.pcap"]));
        Assert.Equal(["a1.pcap", "b1.pcap", "b10.pcap", "b2.pcap"], Names(_directory["*.pcap"]));
    }

    [Fact]
    public void A_pattern_may_stand_in_the_name_of_a_directory()
    {
        _directory.Touch("day1/x.pcap", "day2/x.pcap", "day2/y.pcap", "other/x.pcap");
        Assert.Equal<string>([_directory["day1/x.pcap"], _directory["day2/x.pcap"]],
            CaptureArguments.Expand([_directory["day*/x.pcap"]]).Paths);
    }

    [Fact]
    public void A_pattern_without_a_match_is_missing_input()
    {
        var arguments = CaptureArguments.Expand([_directory["*.pcap"]]);
        Assert.Empty(arguments.Paths);
        Assert.Equal((_directory["*.pcap"], "no file matches the pattern"),
            (arguments.Missing[0].Path, arguments.Missing[0].Reason));
    }

    [Fact]
    public void A_file_whose_name_looks_like_a_pattern_is_that_file()
    {
        _directory.Touch("a?.pcap", "ab.pcap");
        Assert.Equal(["a?.pcap"], Names(_directory["a?.pcap"]));
    }

    [Fact]
    public void A_file_that_is_named_directly_needs_no_known_ending()
    {
        _directory.Touch("trace.bin");
        Assert.Equal(["trace.bin"], Names(_directory["trace.bin"]));
    }

    [Fact]
    public void A_missing_file_is_handed_on_to_whoever_opens_it() =>
        Assert.Equal<string>([_directory["gone.pcap"]], CaptureArguments.Expand([_directory["gone.pcap"]]).Paths);

    [Fact]
    public void A_file_that_is_named_twice_is_read_once_and_the_user_is_told()
    {
        _directory.Touch("a.pcap");
        var arguments = CaptureArguments.Expand([_directory["a.pcap"], _directory.Path, _directory["./a.pcap"]]);
        Assert.Equal<string>([_directory["a.pcap"]], arguments.Paths);
        Assert.Equal(2, arguments.Notes.Length);
    }

    [Fact]
    public void Standard_input_and_an_empty_name_are_no_files()
    {
        var arguments = CaptureArguments.Expand(["-", ""]);
        Assert.Equal<string>(["-"], arguments.Paths);
        Assert.Equal("the name of a capture is empty", Assert.Single(arguments.Missing).Reason);
    }

    [Fact]
    public void A_path_is_recognised_as_a_capture_of_the_run_however_it_is_written()
    {
        _directory.Touch("a.pcap");
        var arguments = CaptureArguments.Expand([_directory["a.pcap"]]);
        Assert.True(arguments.Names(_directory["./a.pcap"]));
        Assert.False(arguments.Names(_directory["b.json"]));
    }

    public void Dispose() => _directory.Dispose();

    private static IEnumerable<string> Names(string argument) =>
        CaptureArguments.Expand([argument]).Paths.Select(path => Path.GetFileName(path));
}
