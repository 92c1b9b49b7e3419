#!/usr/bin/env python3
"""The search page in headless Chromium, driven as a person would use it. Prints TAP.

    browser.py ADDRESS HOSTILE_ADDRESS

ADDRESS serves the sample corpus, HOSTILE_ADDRESS an archive of attacks. The variable AXE names
axe.min.js, VALIDATE the program html-validate; without them accessibility and HTML are not checked."""
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

WEIGHT = 40 * 1024
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "front": "",
    "results": "?q=siege+OR+attack",
    "narrowed": "?q=siege&country=LB&country=IL&-actor=Fatah&since=1970",
    "nothing": "?q=nothinglikeit",
    "facet": "?facet=actor&q=siege",
    "article": "?article=1976-entebbe-raid&q=hostages",
    "Arabic article": "?article=1952-free-officers-ar&q=القاهرة",
    "help": "?help",
    "wrong query": "?q=(siege+AND",
    "no article": "?article=nonsense",
}
count = failed = 0


def check(name, holds, detail=""):
    global count, failed
    count += 1
    failed += not holds
    print(f"{'ok' if holds else 'not ok'} {count} - {name}", flush=True)
    if not holds and detail != "":
        print("\n".join("#   " + line for line in str(detail)[:3000].splitlines()))


def start(scripts=True):
    options = webdriver.ChromeOptions()
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--window-size=1280,900", "--user-data-dir=" + tempfile.mkdtemp(dir=".")):
        options.add_argument(argument)
    options.binary_location = "/usr/bin/chromium"
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def plain(text):
    return " ".join(text.strip(" ✓×→←\n").split())


class Visit:
    """What a person does on the page."""

    def __init__(self, driver, address):
        self.driver, self.address = driver, address

    def go(self, query):
        self.driver.get(self.address + query)
        return self

    def css(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        found = self.css(selector)
        return found[0].text if found else None

    def click(self, text, within="body"):
        links = [a for a in self.css(within + " a") if plain(a.text).startswith(text)]
        assert links, f"no link {text} in {within}"
        return self.follow(links[0])

    def query(self):
        return self.driver.current_url[len(self.address):]

    def number(self):
        return int((self.text("h1") or "0").split()[0].replace(",", "").replace("No", "0"))

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def leave(self, act):
        """Does what leads to another page, and waits for that."""
        page = self.css("html")[0]
        act()
        WebDriverWait(self.driver, 20).until(staleness_of(page))
        WebDriverWait(self.driver, 20).until(lambda d: d.execute_script("return document.readyState") == "complete")
        return self

    def until(self, holds):
        """Whether that comes to hold: for moves within a page and back, which load nothing."""
        try:
            return WebDriverWait(self.driver, 20, ignored_exceptions=[StaleElementReferenceException]).until(lambda d: holds())
        except TimeoutException:
            return False

    def follow(self, link):
        return self.leave(link.click)

    def enter(self, element=None, text=""):
        """Types into an element and presses Enter."""
        element = element or self.driver.switch_to.active_element
        return self.leave(lambda: element.send_keys(text, Keys.ENTER))

    def press(self, *keys):
        self.driver.switch_to.active_element.send_keys(*keys)
        return self

    def tab_to(self, text, limit=120):
        for _ in range(limit):
            self.press(Keys.TAB)
            label = self.run("let e = document.activeElement; return e.innerText || e.id || e.tagName")
            if plain(label).startswith(text):
                return True
        return False


def search_and_refine(v):
    v.go("")
    check("the front page tells what there is", "176" in v.text("dl.figures"), v.text("dl.figures"))
    v.click("ceasefire", ".examples")
    check("an example is a search", v.query() == "?q=ceasefire" and v.number() > 5, v.query())
    box = v.css("#q")[0]
    box.clear()
    v.enter(box, "siege")
    total = v.number()
    check("a word typed is searched for", v.query().startswith("?q=siege") and total > 5, v.query())
    check("matches are marked", len(v.css(".hits mark")) > 5)
    v.click("Lebanon", "#narrow")
    first = v.number()
    check("a value of a facet narrows", "country=LB" in v.query() and 0 < first < total, v.query())
    v.click("Russia", "#narrow")
    both = v.number()
    check("a second one is an alternative", both > first and len(v.css(".chosen b")) == 2, both)
    check("both are ticked", len(v.css("#narrow li.on")) == 2)
    lefts = {a.rect["x"] for a in v.css("#narrow details:first-of-type .values li > a:first-of-type")}
    texts = {v.run("return getComputedStyle(arguments[0]).textAlign", a) for a in v.css("#narrow li > a:first-of-type")}
    check("and stand in line with the others", len(lefts) == 1 and texts == {"start"}, (lefts, texts))
    v.click("Remove: Country Lebanon", ".chosen")
    check("a chip takes one back", "country=LB" not in v.query() and v.number() == both - first, v.query())
    v.follow(v.css("#narrow .values span:not(.vh) + a")[0])
    check("a value can be excluded", "&-country=" in v.query() and len(v.css("li.off")) == 1, v.query())
    v.click("Remove all", ".chosen")
    check("all can be taken back", v.number() == total and not v.css(".chosen"), v.query())
    v.click("Oldest", ".bar")
    check("the order can be chosen", "sort=oldest" in v.query() and v.text(".bar [aria-current]") == "Oldest")
    dates = [t.text for t in v.css(".hits time")]
    check("and holds", dates == sorted(dates) and len(dates) == 10, dates)
    v.enter(v.css("[name=since]")[0], "1980")
    check("dates narrow", "since=1980" in v.query() and v.number() < total, v.query())


def narrow_by_time(v):
    v.go("?q=siege+OR+attack&by=year")
    bars = v.css("svg.timeline a")
    total = v.number()
    check("a bar for each year with articles", len(bars) > 10, len(bars))
    name = bars[3].find_element(By.TAG_NAME, "title").get_attribute("textContent")
    v.follow(bars[3])
    year, number = name.split(":")[0], int(name.split(":")[1].split()[0])
    check("a bar narrows to its year", f"since={year}&until={year}" in v.query(), v.query())
    check("and says how many that is", v.number() == number < total, name)
    v.go("?q=siege+OR+attack").click("decade", ".when")
    check("the periods can be chosen", "by=decade" in v.query() and v.text(".when [aria-current]") == "decade")


def suggestions(v):
    v.go("?q=seige+hostges")
    v.click("siege AND hostages", ".meant")
    check("what may have been meant can be asked", v.number() > 0 and "siege+AND+hostages" in v.query(), v.query())


def read_on(v):
    v.go("?q=attack&n=10").click("Next", ".paging")
    check("the next page counts on", v.css("ol.hits")[0].get_attribute("start") == "11", v.query())
    title = v.text(".hits h2")
    v.follow(v.css(".hits h2 a")[0])
    check("a title opens its article", v.text("h1") == title and "article=" in v.query(), v.query())
    check("the title of the window is the article's", v.driver.title.startswith(title))
    marks = v.css(".text mark a")
    check("similar articles are named", len(v.css(".related a")) > 5)
    if len(marks) > 1:
        marks[0].click()
        check("a match leads to the next", v.until(lambda: v.driver.current_url.endswith("#m2")), v.driver.current_url)
        v.driver.back()
    v.driver.back()
    check("back leads to the list", v.until(lambda: "page=2" in v.query() and v.text(".hits h2") == title), v.query())
    v.go("?facet=country&q=")
    v.enter(v.css("#find")[0], "unit")
    names = [a.text for a in v.css(".values li > a:first-of-type")]
    check("values are found by a part of their name", 0 < len(names) < 6 and all("nit" in n for n in names), names)
    v.click("United Kingdom", ".values")
    check("and narrow", "country=GB" in v.query() and v.number() > 0, v.query())


def keyboard_only(v):
    v.go("?q=siege")
    v.press(Keys.TAB)
    check("the first stop is a link to the content", v.run("return document.activeElement.className") == "skip")
    shown = v.run("let r = document.activeElement.getBoundingClientRect(); return r.left >= 0 && r.width > 20")
    check("which can be seen then", shown)
    v.press(Keys.ENTER)
    check("it leads there", v.until(lambda: v.run("return document.activeElement.id") == "main"))
    check("a chip can be reached", v.tab_to("Newest"))
    outline = v.run("return getComputedStyle(document.activeElement).outlineStyle")
    check("focus is visible", outline == "solid", outline)
    v.enter()
    check("and works by Enter", "sort=newest" in v.query(), v.query())
    check("a facet can be reached", v.tab_to("Lebanon"))
    v.enter()
    check("and chosen", "country=LB" in v.query(), v.query())
    v.go("?help")
    v.press(Keys.TAB, Keys.TAB)
    check("the box can be reached", v.tab_to("q", 3))
    v.enter(None, "coup")
    check("and used", v.query().startswith("?q=coup") and v.number() > 0, v.query())


def weight_of(v):
    return v.run("""return performance.getEntriesByType('navigation')[0].encodedBodySize +
        performance.getEntriesByType('resource').reduce((n, r) => n + r.encodedBodySize, 0)""")


SHIFT = """let done = arguments[0], sum = 0;
    new PerformanceObserver(l => l.getEntries().forEach(e => sum += e.value)).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 50)"""


def emulate(driver, dark=False, width=1280, print_=False):
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "media": "print" if print_ else "",
        "features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600})


def every_page(v, axe):
    v.driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    for name, query in PAGES.items():
        emulate(v.driver)
        v.go(query)
        weight = weight_of(v)
        check(f"{name}: {weight} bytes with the style sheet", 0 < weight < WEIGHT)
        check(f"{name}: nothing moves", v.driver.execute_async_script(SHIFT) == 0)
        inline = v.run("return document.querySelectorAll('script,style,[style],[onclick],[onload]').length")
        check(f"{name}: no script, no inline style", inline == 0)
        for dark, width in ((False, 1280), (True, 1280), (False, 320)):
            emulate(v.driver, dark, width)
            how = f"{name}, {'dark' if dark else 'light'}, {width} px"
            over = v.run("return document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
            check(f"{how}: fits the width", over <= 0, over)
            if axe is not None:
                check_axe(v, axe, how)
    emulate(v.driver)


def check_axe(v, axe, how):
    v.run(axe)
    found = v.driver.execute_async_script(
        "axe.run({runOnly: arguments[0]}).then(r => arguments[1](r.violations))", AXE_TAGS)
    detail = "\n".join(f"{r['id']}: {r['help']}: {r['nodes'][0]['html'][:200]} ({len(r['nodes'])})" for r in found)
    check(f"{how}: axe finds nothing", not found, detail)


def fetch(address):
    try:
        return urllib.request.urlopen(urllib.parse.quote(address, safe=":/?&=+-%#")).read()
    except urllib.error.HTTPError as error:
        return error.read()


def valid_html(addresses, program):
    folder = tempfile.mkdtemp(dir=".")
    files = []
    for i, address in enumerate(addresses):
        files.append(f"{folder}/{i}.html")
        with open(files[-1], "wb") as file:
            file.write(fetch(address))
    done = subprocess.run([program, "--preset", "standard", "--formatter", "text"] + files,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    check(f"html-validate finds nothing on {len(files)} pages", done.returncode == 0, done.stdout)


def looks(v):
    emulate(v.driver, dark=True)
    v.go("?q=siege")
    dark = v.run("return getComputedStyle(document.body).backgroundColor")
    emulate(v.driver)
    light = v.run("return getComputedStyle(document.body).backgroundColor")
    check("dark and light differ", dark != light and light == "rgb(255, 255, 255)", dark + light)
    v.go(PAGES["Arabic article"])
    check("Arabic runs from the right", v.run("return getComputedStyle(document.querySelector('.text p')).direction") == "rtl")
    emulate(v.driver, print_=True)
    v.go(PAGES["article"])
    check("in print there is no search box", not v.css("header form")[0].is_displayed())
    emulate(v.driver)


def hostile(v):
    v.driver.get_log("browser")
    for query in ("", "?q=siege&n=100", "?q=attack", "?article=h1&q=attack", "?facet=actor", "?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                  "?q=attack&topic=%3Cimg%20src=x%20onerror=alert(1)%3E", "?q=(%3Csvg/onload=alert(1)%3E"):
        v.go(query)
        active = v.run("""return [...document.querySelectorAll('*')].filter(e => e.localName == 'script' ||
            ['img', 'iframe', 'object'].includes(e.localName) || [...e.attributes].some(a => a.name.startsWith('on')) ||
            /^(javascript|data):/.test(e.href || '') && e.rel != 'icon').map(e => e.outerHTML)""")
        check(f"nothing hostile is active: {query}", not active, active)
    check("and nothing was refused for it", v.driver.get_log("browser") == [] or only_statuses(v), v.driver.get_log("browser"))


def only_statuses(v):
    return all("status of 40" in entry["message"] for entry in v.driver.get_log("browser"))


def console(v):
    messages = [e["message"] for e in v.driver.get_log("browser") if "status of 40" not in e["message"]]
    check("the console is empty", not messages, messages)


def without_scripts(address):
    driver = start(scripts=False)
    try:
        v = Visit(driver, address)
        v.go("")
        v.enter(v.css("#q")[0], "siege")
        v.click("Lebanon", "#narrow")
        v.follow(v.css(".hits h2 a")[0])
        check("without JavaScript all of this works", "article=" in v.query() and len(v.css("article h1")) == 1, v.query())
    finally:
        driver.quit()


def tool(name):
    path = os.environ.get(name, "")
    if os.path.exists(path):
        return path
    print(f"# {name} is not there: what it checks was not checked")
    return None


def main():
    address, hostile_address = sys.argv[1:3]
    axe, validate = tool("AXE"), tool("VALIDATE")
    driver = start()
    try:
        v = Visit(driver, address)
        for part in (search_and_refine, narrow_by_time, suggestions, read_on, keyboard_only, looks):
            part(v)
        every_page(v, axe and open(axe, encoding="utf-8").read())
        console(v)
        hostile(Visit(driver, hostile_address))
    finally:
        driver.quit()
    without_scripts(address)
    if validate is not None:
        valid_html([address + q for q in PAGES.values()] + [hostile_address + "?q=attack"], validate)
    print(f"1..{count}")
    return failed > 0


sys.exit(main())
