namespace TrafficAI.Tidy.Tests;

public sealed class LanguageTests
{
    [Fact]
    public async Task The_list_of_texts_for_a_native_s_check_is_what_the_files_say()
    {
        var file = Path.GetTempFileName();
        try
        {
            var listed = await Shell.RunAsync(Repository.Root, "python3", Repository.PathOf("scripts/languages.py"), file);
            Assert.True(listed.ExitCode == 0, listed.Output);
            Assert.True(
                File.ReadAllText(file) == File.ReadAllText(Repository.PathOf("docs/languages.md")),
                "docs/languages.md differs from the texts. Run scripts/languages.py and commit the result.");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
