namespace PortAudit.Tests.Profiles;

public sealed class CountsFileTests : IDisposable
{
    private const string Begin = "*** START PGO Data, max index = 2 ***\n";

    private const string Method = """
        @@@ codehash 0x6D56EF52 methodhash 0x7F8FC996 ilSize 0x00000060 records 0x00000006
        MethodName: PortAudit.Cli.Tally+Row.Add
        Signature: instance void  (bool)
        Schema InstrumentationKind 385 ILOffset 23 Count 1 Other 38
        7
        Schema InstrumentationKind 177 ILOffset 33 Count 1 Other 3221225472
        5
        Schema InstrumentationKind 195 ILOffset 33 Count 2 Other 3221225472
        TypeHandle: System.String, System.Private.CoreLib, Version=10.0.0.0
        TypeHandle: NULL
        Schema InstrumentationKind 177 ILOffset 40 Count 1 Other 0
        4
        Schema InstrumentationKind 196 ILOffset 40 Count 1 Other 0
        MethodHandle: Add|@|System.String, System.Private.CoreLib
        Schema InstrumentationKind 561 ILOffset 57 Count 1 Other 0
        9
        Schema InstrumentationKind 578 ILOffset 57 Count 1 Other 0
        9 0

        """;

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Edges_and_types_of_calls_are_read_and_other_counters_passed_over()
    {
        var method = Assert.Single(Read(Begin + Method));
        Assert.Equal(("PortAudit.Cli.Tally+Row.Add", "instance void  (bool)", 0x60), (method.Name, method.Signature, method.IlLength));
        Assert.Equal([(23, 38, 7L), (33, unchecked((int)3221225472), 5L)], method.Counts.Select(counter => (counter.Place.IlOffset, counter.Place.Other, counter.Count)));
        Assert.Equal<string?>(["System.String, System.Private.CoreLib, Version=10.0.0.0", null], method.Counts[1].Types.AsEnumerable());
        Assert.Equal(7, method.Highest);
    }

    [Fact]
    public void Methods_of_others_are_passed_over() => Assert.Single(Read(Begin + Method.Replace("PortAudit.", "System.", StringComparison.Ordinal) + Method));

    [Fact]
    public void A_line_of_another_kind_is_refused_with_its_number() =>
        Assert.EndsWith(":3: not what the runtime is known to write", Assert.Throws<InvalidDataException>(() => Read(Begin + Method.Replace("MethodName", "Name", StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("ilSize 0x00000060", "ilSize", 2)]
    [InlineData("ilSize 0x00000060", "ilSize 6", 2)]
    [InlineData("Count 1 Other 38", "Count 1", 5)]
    [InlineData("ILOffset 23", "ILOffset many", 5)]
    [InlineData("Count 1 Other 38\n7", "Count 0 Other 38", 5)]
    [InlineData("Count 1 Other 38\n7", "Count 1 Other 38\nx", 6)]
    [InlineData("TypeHandle: NULL", "None", 11)]
    public void What_is_no_number_or_type_is_refused_with_its_line(string text, string with, int line) =>
        Assert.Contains($":{line}: ", Assert.Throws<InvalidDataException>(() => Read(Begin + Method.Replace(text, with, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_ends_within_values_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Read(Begin + Method[..Method.IndexOf("TypeHandle: NULL", StringComparison.Ordinal)]));

    [Fact]
    public void Counts_of_runs_are_added_up_and_the_sample_is_that_of_the_longer_one()
    {
        var one = Read(Begin + Method)[0];
        var another = Read(Begin + Method.Replace("\n5\n", "\n50\n", StringComparison.Ordinal).Replace("System.String", "System.Object", StringComparison.Ordinal))[0];
        var sum = one.Plus(another);
        Assert.Equal([14L, 55L], sum.Counts.Select(counter => counter.Count));
        Assert.StartsWith("System.Object", sum.Counts[1].Types[0], StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => one.Plus(Read(Begin + Method.Replace("ILOffset 23", "ILOffset 24", StringComparison.Ordinal))[0]));
    }

    private List<MethodCounts> Read(string text)
    {
        File.WriteAllText(_path, text);
        return [.. CountsFile.Read(_path, "PortAudit.")];
    }
}
