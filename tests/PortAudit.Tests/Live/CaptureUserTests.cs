using System.Diagnostics;
using PortAudit.Live;

namespace PortAudit.Tests.Live;

/// <summary>Processes that root starts and that go on as somebody else.</summary>
public sealed class CaptureUserTests
{
    private const string NetRaw = "0000000000002000";
    private const string None = "0000000000000000";

    [NeedsFact(Part.Live)]
    public void All_threads_become_the_users_and_only_the_one_that_reads_may_capture()
    {
        var (said, threads) = Become("nobody");
        var nobody = Entry("-u", "nobody");
        var group = Entry("-g", "nobody");

        Assert.Equal(["capture True, elsewhere True, files True", "done",
            "capture True, elsewhere False, files False"], said);
        Assert.True(threads.Count > 3, "a program of .NET has several threads");
        Assert.All(threads, thread => Assert.Equal((Four(nobody), Four(group), Entry("-G", "nobody"), "1", None),
            (thread["Uid"], thread["Gid"], thread["Groups"], thread["NoNewPrivs"], thread["CapAmb"])));
        Assert.Single(threads, thread => (thread["CapPrm"], thread["CapEff"]) == (NetRaw, NetRaw));
        Assert.Equal(threads.Count - 1, threads.Count(thread => (thread["CapPrm"], thread["CapEff"]) == (None, None)));
    }

    [NeedsFact(Part.Live)]
    public void Numbers_are_enough_for_a_user_that_the_machine_does_not_know()
    {
        var (said, threads) = Become("54321:54322");

        Assert.Equal("done", said[1]);
        Assert.All(threads, thread =>
            Assert.Equal((Four("54321"), Four("54322"), "54322"), (thread["Uid"], thread["Gid"], thread["Groups"])));
    }

    [NeedsFact(Part.Live)]
    public void A_number_that_the_machine_knows_is_the_user_with_its_groups() =>
        Assert.Equal(CaptureUser.Find("nobody", out _), CaptureUser.Find(Entry("-u", "nobody"), out _));

    [NeedsTheory(Part.Live)]
    [InlineData("nobody-at-all", "knows no user nobody-at-all")]
    [InlineData("", "knows no user ")]
    [InlineData("54321", "as in 54321:54321")]
    [InlineData("0", "root is who")]
    [InlineData("root", "root is who")]
    [InlineData("0:5", "root is who")]
    [InlineData("a:b:c", "knows no user a:b:c")]
    [InlineData("4294967295:5", "knows no user")]
    [InlineData("a\0b", "knows no user")]
    public void A_user_that_is_none_is_told(string user, string words)
    {
        Assert.Null(CaptureUser.Find(user, out var problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
    }

    [NeedsFact(Part.Live)]
    public void Who_is_not_root_cannot_become_another()
    {
        using var process = Start("setpriv", ["--reuid=54321", "--regid=54321", "--clear-groups", "dotnet", "exec",
            typeof(ChildProgram).Assembly.Location, "become", "nobody"]);
        _ = process.StandardOutput.ReadLine();

        Assert.StartsWith("only root can become another user", process.StandardOutput.ReadLine(),
            StringComparison.Ordinal);
        End(process);
    }

    [NeedsFact(Part.Live)]
    public void Without_the_right_to_change_it_says_so()
    {
        using var process = Start("setpriv", ["--bounding-set=-setuid", "--inh-caps=-setuid", "dotnet", "exec",
            typeof(ChildProgram).Assembly.Location, "become", "nobody"]);
        _ = process.StandardOutput.ReadLine();

        Assert.StartsWith("this process cannot become the user: ", process.StandardOutput.ReadLine(),
            StringComparison.Ordinal);
        End(process);
    }

    private static (string[] Said, List<Dictionary<string, string>> Threads) Become(string user)
    {
        using var process = ChildProgram.Start("become", user);
        string[] said = [.. Enumerable.Range(0, 3).Select(_ => process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException(process.StandardError.ReadToEnd()))];
        var threads = Directory.GetDirectories($"/proc/{process.Id}/task")
            .Select(thread => File.ReadLines(Path.Combine(thread, "status"))
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.Ordinal)).ToList();
        End(process);
        return (said, threads);
    }

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program,
            arguments)
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static void End(Process process)
    {
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(20_000));
    }

    private static string Entry(string what, string user)
    {
        using var process = Start("id", [what, user]);
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private static string Four(string number) => string.Join('\t', Enumerable.Repeat(number, 4));
}
